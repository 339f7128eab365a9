package com.commaagents.protocol.codec;

import com.commaagents.base.json.RawJson;
import com.commaagents.base.time.Timestamps;
import com.commaagents.protocol.message.Labelled;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The kinds of values that fields hold.
final class Kinds {
  /// Characters of a received value that a problem repeats.
  static final int MAX_ECHO = 64;

  /// Above it a number written with a fraction or an exponent may not be the whole number meant.
  private static final double MAX_EXACT = 1L << 53;

  static final Kind<String> TEXT =
      of("string", JsonNode::isString, JsonNode::stringValue, (value, out) -> out.string(value));

  /// Text that is not empty.
  static final Kind<String> NAME =
      of(
          "non-empty string",
          node -> node.isString() && !node.stringValue().isEmpty(),
          JsonNode::stringValue,
          (value, out) -> out.string(value));

  static final Kind<Boolean> FLAG =
      of("boolean", JsonNode::isBoolean, JsonNode::booleanValue, (value, out) -> out.bool(value));

  /// A whole number that fits a `long`.
  static final Kind<Long> WHOLE =
      open("integer", Kinds::isWhole, Kinds::wholeValue, (value, out) -> out.number((long) value));

  static final Kind<Long> COUNT = atLeast(0);
  static final Kind<Long> ORDINAL = atLeast(1);

  static final Kind<Double> NUMBER =
      open(
          "number",
          node -> node.isNumber() && Double.isFinite(approximate(node)),
          // Adding zero makes -0 the 0 that it is written as.
          node -> approximate(node) + 0.0,
          (value, out) -> out.number((double) value));

  static final Kind<Instant> INSTANT =
      open(
          "ISO-8601 UTC instant",
          node -> node.isString() && instant(node.stringValue()).isPresent(),
          node -> instant(node.stringValue()).orElseThrow(),
          (value, out) -> out.string(Timestamps.format(value)));

  static final Kind<JsonNode> OBJECT =
      of("object", JsonNode::isObject, node -> node, (value, out) -> out.tree(value));

  /// An object that is passed on as it is.
  static final Kind<RawJson> RAW_OBJECT =
      of("object", JsonNode::isObject, RawJson::of, (value, out) -> out.raw(value));

  private Kinds() {}

  /// One of the words of a closed set.
  static <E extends Labelled> Kind<E> oneOf(E[] values) {
    Map<String, E> byLabel = new LinkedHashMap<>();
    for (E value : values) {
      byLabel.put(value.label(), value);
    }
    String expected = "one of " + words(byLabel.keySet());
    return open(
        expected,
        node -> node.isString() && byLabel.containsKey(node.stringValue()),
        node -> Optional.ofNullable(byLabel.get(node.stringValue())).orElseThrow(),
        (value, out) -> out.string(value.label()));
  }

  static <T> Kind<List<T>> listOf(Kind<T> item) {
    return new ListKind<>(item);
  }

  /// A value, or `null` where there is none.
  static <T> Kind<Optional<T>> orNull(Kind<T> kind) {
    return new NullableKind<>(kind);
  }

  static String words(Iterable<String> labels) {
    List<String> quoted = new ArrayList<>();
    labels.forEach(label -> quoted.add("'" + label + "'"));
    return quoted.stream().collect(Collectors.joining(" | "));
  }

  /// What sort of value was received instead; never the value, which may be a secret.
  static String received(JsonNode node) {
    return node.isString() && node.stringValue().isEmpty()
        ? "an empty string"
        : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  /// The word or number that was received instead, cut where it is long.
  static String echoed(JsonNode node) {
    if (!node.isString() && !node.isNumber()) {
      return received(node);
    }
    String text = node.asString();
    String shown = text.length() <= MAX_ECHO ? text : text.substring(0, MAX_ECHO) + "…";
    return node.isString() ? "'" + shown + "'" : shown;
  }

  private static <T> Kind<T> of(
      String expected,
      Predicate<JsonNode> fits,
      Function<JsonNode, T> reader,
      BiConsumer<T, JsonWriter> writer) {
    return new Scalar<>(expected, fits, reader, writer, Kinds::received);
  }

  /// As [#of], of what is no secret: a problem repeats the value.
  private static <T> Kind<T> open(
      String expected,
      Predicate<JsonNode> fits,
      Function<JsonNode, T> reader,
      BiConsumer<T, JsonWriter> writer) {
    return new Scalar<>(expected, fits, reader, writer, Kinds::echoed);
  }

  private static boolean isWhole(JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.canConvertToLong();
    }
    double value = node.isNumber() ? approximate(node) : Double.NaN;
    return value == Math.rint(value) && Math.abs(value) <= MAX_EXACT;
  }

  private static long wholeValue(JsonNode node) {
    return node.isIntegralNumber() ? node.longValue() : (long) approximate(node);
  }

  /// Infinite where the number is out of a double's range.
  private static double approximate(JsonNode node) {
    return node.isBigDecimal() || node.isBigInteger()
        ? node.decimalValue().doubleValue()
        : node.doubleValue();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }

  private static Kind<Long> atLeast(long minimum) {
    return open(
        "integer of at least " + minimum,
        node -> isWhole(node) && wholeValue(node) >= minimum,
        Kinds::wholeValue,
        (value, out) -> out.number((long) value));
  }

  private record Scalar<T>(
      String expected,
      Predicate<JsonNode> fits,
      Function<JsonNode, T> reader,
      BiConsumer<T, JsonWriter> writer,
      Function<JsonNode, String> received)
      implements Kind<T> {
    @Override
    public void check(String path, JsonNode value, Problems problems) {
      if (!fits.test(value)) {
        problems.add(path, "Expected " + expected + ", received " + received.apply(value));
      }
    }

    @Override
    public T read(JsonNode value) {
      return reader.apply(value);
    }

    @Override
    public void write(T value, JsonWriter out) {
      writer.accept(value, out);
    }
  }

  private record ListKind<T>(Kind<T> item) implements Kind<List<T>> {
    @Override
    public void check(String path, JsonNode value, Problems problems) {
      if (!value.isArray()) {
        problems.add(path, "Expected array, received " + received(value));
        return;
      }
      for (int i = 0; i < value.size(); i++) {
        item.check(Problems.within(path, Integer.toString(i)), value.get(i), problems);
      }
    }

    @Override
    public List<T> read(JsonNode value) {
      List<T> items = new ArrayList<>(value.size());
      value.forEach(node -> items.add(item.read(node)));
      return List.copyOf(items);
    }

    @Override
    public void write(List<T> value, JsonWriter out) {
      out.beginArray();
      for (T each : value) {
        out.separator();
        item.write(each, out);
      }
      out.endArray();
    }
  }

  private record NullableKind<T>(Kind<T> kind) implements Kind<Optional<T>> {
    @Override
    public void check(String path, JsonNode value, Problems problems) {
      if (!value.isNull()) {
        kind.check(path, value, problems);
      }
    }

    @Override
    public Optional<T> read(JsonNode value) {
      return value.isNull() ? Optional.empty() : Optional.of(kind.read(value));
    }

    @Override
    public void write(Optional<T> value, JsonWriter out) {
      value.ifPresentOrElse(present -> kind.write(present, out), out::nothing);
    }
  }
}
