package com.commaagents.models.catalogue;

import com.commaagents.strategy.source.Position;
import com.commaagents.strategy.source.SourceNode;
import com.commaagents.strategy.source.SourceNode.Field;
import com.commaagents.strategy.source.SourceNode.Mapping;
import com.commaagents.strategy.source.SourceNode.Scalar;
import com.commaagents.strategy.source.SourceNode.Sequence;
import com.commaagents.strategy.wording.NearNames;
import com.commaagents.strategy.wording.Shown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Reads fields of a tree as values and notes what is wrong with them; a field that is wrong counts
/// as absent.
///
/// Limit: at most [#MAX_PROBLEMS] are noted.
final class FieldReader {
  static final int MAX_PROBLEMS = 20;

  private final List<Problem> problems = new ArrayList<>();

  private record Problem(Position at, String text) {}

  /// In the order of the file.
  List<String> problems() {
    return problems.stream()
        .sorted(Comparator.comparing(Problem::at))
        .map(problem -> problem.at() + ": " + problem.text())
        .toList();
  }

  /// @param path of the object, for messages; empty for the whole file
  Fields object(SourceNode node, String path) {
    if (node instanceof Mapping mapping) {
      mapping
          .repeated()
          .forEach(field -> note(field.at(), join(path, field.name()), "is given twice"));
      return new Fields(mapping.fields(), path);
    }
    note(node.at(), path.isEmpty() ? "the file" : path, "expected an object");
    return new Fields(Map.of(), path);
  }

  private void note(Position at, String field, String problem) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new Problem(at, Shown.bare(field) + ": " + problem));
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /// The fields of one object. Each is asked for by its name; [#end] notes those nobody asked for.
  final class Fields {
    private final Map<String, Field> fields;
    private final String path;
    private final Set<String> asked = new LinkedHashSet<>();

    private Fields(Map<String, Field> fields, String path) {
      this.fields = fields;
      this.path = path;
    }

    Set<String> names() {
      return fields.keySet();
    }

    boolean has(String name) {
      return fields.containsKey(name);
    }

    Fields object(String name) {
      return find(name)
          .map(node -> FieldReader.this.object(node, join(path, name)))
          .orElseGet(() -> new Fields(Map.of(), path));
    }

    Optional<String> text(String name) {
      return read(name, "a text that is not empty", FieldReader::text);
    }

    Optional<Boolean> flag(String name) {
      return read(
          name,
          "true or false",
          node -> scalar(node).filter(JsonNode::isBoolean).map(JsonNode::booleanValue));
    }

    OptionalLong count(String name) {
      Optional<Long> count =
          read(
              name,
              "a whole number above 0",
              node ->
                  scalar(node)
                      .filter(value -> value.isIntegralNumber() && value.canConvertToLong())
                      .map(JsonNode::longValue)
                      .filter(value -> value > 0));
      return count.isPresent() ? OptionalLong.of(count.get()) : OptionalLong.empty();
    }

    Optional<BigDecimal> price(String name) {
      return read(
          name,
          "US dollars for a million tokens, 0 or more",
          node ->
              scalar(node)
                  .filter(JsonNode::isNumber)
                  .map(JsonNode::decimalValue)
                  .filter(value -> value.signum() >= 0));
    }

    <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
      return read(name, "one of " + labels(type), node -> constant(node, type));
    }

    List<String> texts(String name) {
      return read(name, "a list of texts", node -> all(node, FieldReader::text)).orElse(List.of());
    }

    <E extends Enum<E>> List<E> allOf(String name, Class<E> type) {
      return read(
              name,
              "a list of some of " + labels(type),
              node -> all(node, item -> constant(item, type)))
          .orElse(List.of());
    }

    /// Notes the fields that nobody has asked for.
    void end() {
      fields.forEach((name, field) -> {
        if (!asked.contains(name)) {
          note(
              field.at(),
              join(path, name),
              "unknown field; " + NearNames.hint(name, asked, "there are "));
        }
      });
    }

    private Optional<SourceNode> find(String name) {
      asked.add(name);
      return Optional.ofNullable(fields.get(name)).map(Field::value);
    }

    private <T> Optional<T> read(
        String name, String expected, Function<SourceNode, Optional<T>> reading) {
      Optional<SourceNode> node = find(name);
      Optional<T> value = node.flatMap(reading);
      if (node.isPresent() && value.isEmpty()) {
        note(node.get().at(), join(path, name), "expected " + expected);
      }
      return value;
    }
  }

  private static Optional<JsonNode> scalar(SourceNode node) {
    return node instanceof Scalar(var value, var _) ? Optional.of(value) : Optional.empty();
  }

  private static Optional<String> text(SourceNode node) {
    return scalar(node)
        .filter(value -> value.isString() && !value.stringValue().isBlank())
        .map(JsonNode::stringValue);
  }

  private static <E extends Enum<E>> Optional<E> constant(SourceNode node, Class<E> type) {
    return text(node)
        .flatMap(text ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> label(constant).equals(text))
                .findFirst());
  }

  /// The items of a list; empty when it is none or one of them cannot be read.
  private static <T> Optional<List<T>> all(
      SourceNode node, Function<SourceNode, Optional<T>> reading) {
    if (!(node instanceof Sequence(var items, var _))) {
      return Optional.empty();
    }
    List<T> values = items.stream().flatMap(item -> reading.apply(item).stream()).toList();
    return values.size() == items.size() ? Optional.of(values) : Optional.empty();
  }

  private static <E extends Enum<E>> String labels(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(FieldReader::label)
        .collect(Collectors.joining(", "));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
