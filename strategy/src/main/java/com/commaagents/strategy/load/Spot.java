package com.commaagents.strategy.load;

import com.commaagents.strategy.source.Position;
import com.commaagents.strategy.source.SourceNode;
import com.commaagents.strategy.source.SourceNode.Field;
import com.commaagents.strategy.source.SourceNode.Mapping;
import com.commaagents.strategy.source.SourceNode.Scalar;
import com.commaagents.strategy.source.SourceNode.Sequence;
import com.commaagents.strategy.wording.NearNames;
import com.commaagents.strategy.wording.Shown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// One value of the file with its path, read as what it should be.
///
/// Each reading notes a problem and is empty where the value is something else; the caller goes on,
/// so that all problems are found at once.
record Spot(SourceNode node, FieldPath path, Problems problems) {
  Position at() {
    return node.at();
  }

  void wrong(String message) {
    wrong(() -> message);
  }

  void wrong(Supplier<String> message) {
    problems.add(at(), path, message);
  }

  /// What names of fields and indexes of items lead to, as far as the file has it.
  Spot inside(List<String> place) {
    Spot current = this;
    for (String name : place) {
      current = current.inside(name);
    }
    return current;
  }

  private Spot inside(String name) {
    return switch (node) {
      case Mapping(var fields, _, _) -> {
        Field field = fields.get(name);
        yield new Spot(field == null ? node : field.value(), path.field(name), problems);
      }
      case Sequence(var items, _) -> {
        int index = Integer.parseInt(name);
        yield new Spot(items.get(index), path.item(index), problems);
      }
      case Scalar _ -> new Spot(node, path.field(name), problems);
    };
  }

  Optional<String> text() {
    return text("text");
  }

  /// @param expected what to say was expected, where more than text would do
  Optional<String> text(String expected) {
    if (node instanceof Scalar(JsonNode value, _) && value.isString()) {
      return Optional.of(value.stringValue());
    }
    boolean unquoted = isNumber() || isFlag();
    wrong("expected " + expected + ", found " + kind() + (unquoted ? "; put it in quotes" : ""));
    return Optional.empty();
  }

  Optional<String> filledText() {
    Optional<String> text = text();
    if (text.isPresent() && text.get().isEmpty()) {
      wrong("expected text, found an empty one");
      return Optional.empty();
    }
    return text;
  }

  /// One of the `choices`; `what` names their kind.
  Optional<String> choice(Collection<String> choices, String what) {
    Optional<String> text = text();
    if (text.isPresent() && !choices.contains(text.get())) {
      wrong(() -> unknown(what, text.get(), choices));
      return Optional.empty();
    }
    return text;
  }

  Optional<Boolean> flag() {
    return flag("true or false");
  }

  /// @param expected what to say was expected, where more than a flag would do
  Optional<Boolean> flag(String expected) {
    if (node instanceof Scalar(JsonNode value, _) && value.isBoolean()) {
      return Optional.of(value.booleanValue());
    }
    wrong("expected " + expected + ", found " + kind());
    return Optional.empty();
  }

  OptionalDouble number() {
    if (node instanceof Scalar(JsonNode value, _) && value.isNumber()) {
      double number = value.doubleValue();
      if (Double.isFinite(number)) {
        return OptionalDouble.of(number);
      }
    }
    wrong("expected a number, found " + kind());
    return OptionalDouble.empty();
  }

  OptionalInt whole(int atLeast) {
    return whole(atLeast, "a whole number");
  }

  /// As above, with what to say was expected before the range.
  OptionalInt whole(int atLeast, String expected) {
    OptionalLong whole = within(atLeast, Integer.MAX_VALUE, expected);
    return whole.isPresent()
        ? OptionalInt.of(Math.toIntExact(whole.getAsLong()))
        : OptionalInt.empty();
  }

  OptionalLong wholeLong() {
    return within(Long.MIN_VALUE, Long.MAX_VALUE, "a whole number");
  }

  private OptionalLong within(long least, long most, String expected) {
    OptionalLong whole = exact();
    if (whole.isPresent() && whole.getAsLong() >= least && whole.getAsLong() <= most) {
      return whole;
    }
    boolean bounded = least > Integer.MIN_VALUE;
    wrong(
        "expected "
            + expected
            + (bounded ? " of at least " + least : "")
            + ", found "
            + number(most));
    return OptionalLong.empty();
  }

  private String number(long most) {
    if (!(node instanceof Scalar(JsonNode value, _)) || !value.isNumber()) {
      return kind();
    }
    return value.doubleValue() > most ? "one that is too large" : "another number";
  }

  /// By JSON Schema `2.0` is a whole number too.
  private OptionalLong exact() {
    if (!(node instanceof Scalar(JsonNode value, _)) || !value.isNumber()) {
      return OptionalLong.empty();
    }
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }
    double number = value.doubleValue();
    return number == Math.rint(number) && Math.abs(number) < 0x1p53
        ? OptionalLong.of((long) number)
        : OptionalLong.empty();
  }

  /// The entries of a list; none where it is no list.
  List<Spot> items() {
    if (!(node instanceof Sequence(List<SourceNode> items, _))) {
      wrong("expected a list, found " + kind());
      return List.of();
    }
    List<Spot> spots = new ArrayList<>(items.size());
    for (int index = 0; index < items.size(); index++) {
      spots.add(new Spot(items.get(index), path.item(index), problems));
    }
    return spots;
  }

  List<Spot> filledItems() {
    if (node instanceof Sequence(List<SourceNode> items, _) && items.isEmpty()) {
      wrong("expected a list with at least one entry, found an empty one");
    }
    return items();
  }

  /// The fields of an object.
  Optional<Section> section() {
    if (node instanceof Mapping mapping) {
      return Optional.of(Section.of(mapping, path, problems));
    }
    wrong("expected an object, found " + kind());
    return Optional.empty();
  }

  /// The object as written.
  Optional<JsonNode> object() {
    return section().map(_ -> node.toJson());
  }

  boolean isObject() {
    return node instanceof Mapping;
  }

  boolean isText() {
    return node instanceof Scalar(JsonNode value, _) && value.isString();
  }

  boolean isNumber() {
    return node instanceof Scalar(JsonNode value, _) && value.isNumber();
  }

  boolean isFlag() {
    return node instanceof Scalar(JsonNode value, _) && value.isBoolean();
  }

  boolean isList() {
    return node instanceof Sequence;
  }

  /// What the value is, in a word; never the value itself, which may be secret.
  String kind() {
    return switch (node) {
      case Mapping _ -> "an object";
      case Sequence _ -> "a list";
      case Scalar(JsonNode value, _) when value.isString() -> "text";
      case Scalar(JsonNode value, _) when value.isNumber() -> "a number";
      case Scalar(JsonNode value, _) when value.isBoolean() -> "true or false";
      case Scalar _ -> "nothing";
    };
  }

  static String unknown(String what, String name, Collection<String> choices) {
    return "unknown "
        + what
        + " "
        + Shown.quoted(name)
        + "; "
        + NearNames.hint(name, choices, "there are: ");
  }
}
