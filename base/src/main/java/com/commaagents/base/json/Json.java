package com.commaagents.base.json;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The project's one JSON mapper, strict and bounded, and readings that say absence as `Optional`.
///
/// Limits: nesting 200 deep; a string or a document at most 64 MiB; a number 1,000 characters.
/// Beyond them a text is not JSON. Thread-safe.
public final class Json {
  public static final int MAX_DEPTH = 200;
  public static final int MAX_BYTES = 64 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_BYTES)
                          .maxDocumentLength(MAX_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final SpareGenerators GENERATORS =
      new SpareGenerators(MAPPER.writer().withRootValueSeparator(""));

  private Json() {}

  /// The shared mapper; callers must not reconfigure what they derive from it.
  public static JsonMapper mapper() {
    return MAPPER;
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// The tree of a text, or empty when the text is not exactly one JSON value.
  public static Optional<JsonNode> parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  /// As [#parse(String)], of UTF-8 bytes.
  public static Optional<JsonNode> parse(byte[] utf8) {
    try {
      JsonNode node = MAPPER.readTree(utf8);
      return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  public static byte[] writeBytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  /// The UTF-8 of a text that is written piece by piece, which needs no tree.
  public static byte[] bytes(Consumer<JsonGenerator> text) {
    return GENERATORS.write(text);
  }

  /// A field that holds a string; empty when it is absent or holds anything else.
  public static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  /// A field that holds a whole number that fits an `int`.
  public static OptionalInt integer(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isIntegralNumber() && value.canConvertToInt()
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }
}
