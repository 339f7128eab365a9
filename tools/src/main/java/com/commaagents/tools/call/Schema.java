package com.commaagents.tools.call;

import com.commaagents.base.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Builds the JSON Schema of a tool's arguments: an object that takes nothing it does not name.
public final class Schema {
  private final ObjectNode properties = Json.object();
  private final ArrayNode required = Json.array();

  private Schema() {}

  public static Schema object() {
    return new Schema();
  }

  public Schema required(String name, JsonNode type) {
    required.add(name);
    return optional(name, type);
  }

  public Schema optional(String name, JsonNode type) {
    properties.set(name, type);
    return this;
  }

  public JsonNode build() {
    ObjectNode schema = Json.object().put("type", "object");
    schema.set("properties", properties);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  public static ObjectNode text(String description) {
    return Json.object().put("type", "string").put("description", description);
  }

  /// A string that is not empty.
  public static ObjectNode name(String description) {
    return text(description).put("minLength", 1);
  }

  public static ObjectNode hash(String description) {
    return text(description).put("pattern", "^[0-9a-fA-F]{64}$");
  }

  public static ObjectNode integer(String description, int minimum, int maximum) {
    return Json.object()
        .put("type", "integer")
        .put("description", description)
        .put("minimum", minimum)
        .put("maximum", maximum);
  }

  public static ObjectNode flag(String description) {
    return Json.object().put("type", "boolean").put("description", description);
  }

  public static ObjectNode list(String description, JsonNode items, int maxItems) {
    ObjectNode list = Json.object().put("type", "array").put("description", description);
    list.set("items", items);
    return list.put("maxItems", maxItems);
  }
}
