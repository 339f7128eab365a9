package com.commaagents.strategy.source;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NumericNode;

/// Numbers as JSON and YAML write them: whole ones exactly, others as a `double`.
final class Numbers {
  /// Longer ones are no numbers: reading them exactly takes time that grows with the square.
  static final int MAX_LENGTH = 100;

  static final String EXPECTED =
      "expected a number such as 12, -0.5 or 1e3, of at most "
          + MAX_LENGTH
          + " characters and within the range of a double";

  private static final Pattern JSON_WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern JSON_DECIMAL =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final Pattern YAML_WHOLE = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern YAML_OCTAL = Pattern.compile("0o[0-7]+");
  private static final Pattern YAML_HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern YAML_DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern YAML_ENDLESS =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private Numbers() {}

  /// The number of a JSON text; empty where it is none or out of range.
  static Optional<JsonNode> ofJson(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    if (JSON_WHOLE.matcher(text).matches()) {
      return Optional.of(whole(new BigInteger(text)));
    }
    return JSON_DECIMAL.matcher(text).matches() ? decimal(text) : Optional.empty();
  }

  /// Whether a plain YAML scalar is a number by the core schema, in range or not.
  static boolean isYaml(String text) {
    return YAML_DECIMAL.matcher(text).matches()
        || YAML_OCTAL.matcher(text).matches()
        || YAML_HEXADECIMAL.matcher(text).matches()
        || YAML_ENDLESS.matcher(text).matches();
  }

  /// The number of a YAML scalar; empty where it is none, out of range, or `.inf` or `.nan`.
  static Optional<JsonNode> ofYaml(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    if (YAML_WHOLE.matcher(text).matches()) {
      return Optional.of(whole(new BigInteger(text)));
    }
    if (YAML_OCTAL.matcher(text).matches()) {
      return Optional.of(whole(new BigInteger(text.substring(2), 8)));
    }
    if (YAML_HEXADECIMAL.matcher(text).matches()) {
      return Optional.of(whole(new BigInteger(text.substring(2), 16)));
    }
    return YAML_DECIMAL.matcher(text).matches() ? decimal(text) : Optional.empty();
  }

  /// As the JSON library reads whole numbers: the smallest type that holds it.
  private static NumericNode whole(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      return IntNode.valueOf(value.intValue());
    }
    return value.bitLength() < Long.SIZE
        ? LongNode.valueOf(value.longValue())
        : BigIntegerNode.valueOf(value);
  }

  private static Optional<JsonNode> decimal(String text) {
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? Optional.of(DoubleNode.valueOf(value)) : Optional.empty();
  }
}
