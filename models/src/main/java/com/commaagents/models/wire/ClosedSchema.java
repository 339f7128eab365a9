package com.commaagents.models.wire;

import com.commaagents.base.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSON Schema as providers take it that let a model write nothing else: objects have no further
/// properties, and constraints of values are left out. What an answer to it leaves open is found
/// when the answer is checked against the whole schema.
///
/// Source: OpenAI, "Structured model outputs", supported schemas; Anthropic, "Structured outputs",
/// JSON Schema limitations; Amazon Bedrock, "Get validated JSON results from models".
public final class ClosedSchema {
  private static final Set<String> KEPT =
      Set.of("type", "enum", "const", "title", "description", "required");

  // They only narrow what a value may be.
  private static final Set<String> LEFT_OUT =
      Set.of(
          "$schema",
          "$id",
          "$comment",
          "default",
          "examples",
          "deprecated",
          "format",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minProperties",
          "maxProperties");

  private ClosedSchema() {}

  /// The closed form of a schema; empty where it has none: an object with properties of any name,
  /// and whatever is not built of properties, items and alternatives.
  public static Optional<JsonNode> of(JsonNode schema) {
    ObjectNode closed = Json.object();
    for (Map.Entry<String, JsonNode> field : schema.properties()) {
      String keyword = field.getKey();
      Optional<JsonNode> value =
          switch (keyword) {
            case "properties" -> properties(field.getValue());
            case "items" -> of(field.getValue());
            case "anyOf" -> alternatives(field.getValue());
            case "additionalProperties" ->
                Optional.of(field.getValue())
                    .filter(allowed -> allowed.isBoolean() && !allowed.booleanValue());
            default -> Optional.of(field.getValue()).filter(_ -> KEPT.contains(keyword));
          };
      if (value.isPresent()) {
        closed.set(keyword, value.get());
      } else if (!LEFT_OUT.contains(keyword)) {
        return Optional.empty();
      }
    }
    if (!isWhole(closed)) {
      return Optional.empty();
    }
    if (closed.has("properties")) {
      closed.put("additionalProperties", false);
    }
    return Optional.of(closed);
  }

  /// Whether a schema is closed as it is, and wants every property of every object.
  public static boolean isStrict(JsonNode schema) {
    return schema.path("type").stringValue("").equals("object")
        && of(schema).filter(schema::equals).isPresent()
        && wantsAll(schema);
  }

  // Says what there is within an object or an array, and something at all.
  private static boolean isWhole(ObjectNode closed) {
    JsonNode type = closed.path("type");
    boolean object = names(type, "object");
    boolean array = names(type, "array");
    return (!object || closed.has("properties"))
        && (!array || closed.has("items"))
        && (!type.isMissingNode()
            || closed.has("enum")
            || closed.has("const")
            || closed.has("anyOf"));
  }

  private static boolean names(JsonNode type, String name) {
    if (!type.isArray()) {
      return type.stringValue("").equals(name);
    }
    for (JsonNode one : type) {
      if (one.stringValue("").equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<JsonNode> properties(JsonNode properties) {
    ObjectNode closed = Json.object();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      Optional<JsonNode> value = of(property.getValue());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      closed.set(property.getKey(), value.get());
    }
    return Optional.of(closed);
  }

  private static Optional<JsonNode> alternatives(JsonNode schemas) {
    ArrayNode closed = Json.array();
    for (JsonNode schema : schemas) {
      Optional<JsonNode> value = of(schema);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      closed.add(value.get());
    }
    return Optional.of(closed);
  }

  private static boolean wantsAll(JsonNode schema) {
    if (schema.path("required").size() != schema.path("properties").size()) {
      return false;
    }
    for (JsonNode inner : schema.path("properties")) {
      if (!wantsAll(inner)) {
        return false;
      }
    }
    for (JsonNode inner : schema.path("anyOf")) {
      if (!wantsAll(inner)) {
        return false;
      }
    }
    return wantsAllOfItems(schema);
  }

  private static boolean wantsAllOfItems(JsonNode schema) {
    return !schema.has("items") || wantsAll(schema.path("items"));
  }
}
