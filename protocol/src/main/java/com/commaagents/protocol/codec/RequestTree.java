package com.commaagents.protocol.codec;

import com.commaagents.base.json.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads a client's text into a tree of what requests are made of and nothing else.
///
/// A tree takes up to a hundred times the memory of its text, and anybody who may connect can send
/// one. So only fields that some request has become a tree, the others are read over, and the
/// number of values is limited. Of two fields of one name the later counts.
final class RequestTree {
  /// Values of one request; the rest is left out.
  static final int MAX_VALUES = 100_000;

  private static final Set<String> WANTED =
      Stream.concat(
              Stream.of(Variants.TYPE),
              ClientMessages.ALL.shapes().stream().map(Shape::fieldNames).flatMap(List::stream))
          .collect(Collectors.toUnmodifiableSet());

  private final JsonParser parser;
  private int values;

  private RequestTree(JsonParser parser) {
    this.parser = parser;
  }

  /// What a text was.
  sealed interface Read {
    /// A value; of an object only what requests are made of.
    ///
    /// @param whole whether no value had to be left out for their number
    record Tree(JsonNode root, boolean whole) implements Read {}

    record NotJson() implements Read {}
  }

  static Read read(String text) {
    try (JsonParser parser = Json.mapper().createParser(text)) {
      return new RequestTree(parser).document();
    } catch (JacksonException notJson) {
      return new Read.NotJson();
    }
  }

  private Read document() {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return new Read.NotJson();
    }
    JsonNode root = first == JsonToken.START_OBJECT ? request() : value(first);
    return parser.nextToken() == null
        ? new Read.Tree(root, values <= MAX_VALUES)
        : new Read.NotJson();
  }

  private ObjectNode request() {
    ObjectNode request = Json.object();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken first = parser.nextToken();
      if (WANTED.contains(name)) {
        request.set(name, value(first));
      } else {
        parser.skipChildren();
      }
    }
    return request;
  }

  private JsonNode value(JsonToken first) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (first) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> nodes.stringNode(parser.getString());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> fraction();
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NULL -> nodes.nullNode();
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("no value starts with " + first);
    };
  }

  private ObjectNode object() {
    ObjectNode object = Json.object();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken first = parser.nextToken();
      if (++values <= MAX_VALUES) {
        object.set(name, value(first));
      } else {
        parser.skipChildren();
      }
    }
    return object;
  }

  private ArrayNode array() {
    ArrayNode array = Json.array();
    for (JsonToken first = parser.nextToken();
        first != JsonToken.END_ARRAY;
        first = parser.nextToken()) {
      if (++values <= MAX_VALUES) {
        array.add(value(first));
      } else {
        parser.skipChildren();
      }
    }
    return array;
  }

  private JsonNode integer() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (parser.getNumberType()) {
      case INT -> nodes.numberNode(parser.getIntValue());
      case LONG -> nodes.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> nodes.numberNode(parser.getBigIntegerValue());
    };
  }

  private JsonNode fraction() {
    double value = parser.getDoubleValue();
    // What no double can hold is kept as it was written.
    return Double.isFinite(value)
        ? JsonNodeFactory.instance.numberNode(value)
        : JsonNodeFactory.instance.numberNode(parser.getDecimalValue());
  }
}
