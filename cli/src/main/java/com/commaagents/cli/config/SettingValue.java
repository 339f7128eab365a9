package com.commaagents.cli.config;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.cli.words.Suggestion;
import com.commaagents.packages.registry.RegistryAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// One value of a setting as it was written, and what it can be read as.
///
/// `where` is told to the user and never holds the value itself: a value may be a secret. A value
/// of the environment is text, so there a number may be written as text.
record SettingValue(String where, JsonNode node, boolean ofEnvironment, Path base, Place place) {
  String text() {
    if (!node.isString() || node.stringValue().isBlank()) {
      throw wrong("a text that is not empty");
    }
    return node.stringValue().strip();
  }

  Path path() {
    return place.resolve(base, text());
  }

  RegistryAddress registry() {
    try {
      return RegistryAddress.of(text(), path -> place.resolve(base, path));
    } catch (Fault notOne) {
      throw wrong(RegistryAddress.EXPECTED);
    }
  }

  int integer(int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    long value;
    if (ofEnvironment && node.stringValue().strip().matches("\\d{1,10}")) {
      value = Long.parseLong(node.stringValue().strip());
    } else if (node.isIntegralNumber() && node.canConvertToLong()) {
      value = node.longValue();
    } else {
      throw wrong(expected);
    }
    if (value < least || value > most) {
      throw wrong(expected);
    }
    return (int) value;
  }

  /// A constant of an enum, written in any case.
  <E extends Enum<E>> E oneOf(Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (node.isString() && constant.name().equalsIgnoreCase(node.stringValue().strip())) {
        return constant;
      }
    }
    throw wrong(
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "one of ", "")));
  }

  boolean flag() {
    if (!node.isBoolean()) {
      throw wrong("true or false");
    }
    return node.booleanValue();
  }

  List<String> texts() {
    if (!node.isArray()) {
      throw wrong("a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isString() || element.stringValue().isBlank()) {
        throw wrong("a list of texts");
      }
      texts.add(element.stringValue().strip());
    }
    return texts;
  }

  /// Folders, each absolute or in the home folder, none of them the root of the file system.
  List<Path> folders(int most) {
    String expected = "a list of at most " + most + " folders, each as /… or ~/…";
    List<String> texts = texts();
    if (texts.size() > most
        || texts.stream().anyMatch(text -> !text.startsWith("/") && !text.startsWith("~/"))) {
      throw wrong(expected);
    }
    List<Path> folders = texts.stream().map(text -> place.resolve(base, text)).toList();
    if (folders.stream().anyMatch(folder -> folder.getNameCount() == 0)) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          where + ": with / programs may write everywhere; turn their sandbox off for that.");
    }
    return folders;
  }

  /// The only field an object may have; the object may be without it.
  List<SettingValue> only(String field) {
    if (!node.isObject()) {
      throw wrong("an object with the field " + field);
    }
    for (String name : node.propertyNames()) {
      if (!name.equals(field)) {
        throw new Fault(
            FaultCode.INVALID_INPUT,
            where + "." + name + ": unknown setting" + Suggestion.forWord(name, List.of(field)));
      }
    }
    return node.has(field)
        ? List.of(new SettingValue(where + "." + field, node.path(field), false, base, place))
        : List.of();
  }

  private Fault wrong(String expected) {
    return new Fault(
        FaultCode.INVALID_INPUT, where + ": expected " + expected + ", got " + kind() + ".");
  }

  private String kind() {
    if (node.isString()) {
      return node.stringValue().isBlank() ? "an empty text" : "another text";
    }
    return switch (node.getNodeType()) {
      case NUMBER -> "the number " + node.asString();
      case BOOLEAN -> node.asString();
      case NULL -> "null";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING, BINARY, POJO, MISSING -> "something else";
    };
  }
}
