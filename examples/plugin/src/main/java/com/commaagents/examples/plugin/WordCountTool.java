package com.commaagents.examples.plugin;

import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.plugin.ToolType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A tool that counts the words of a text.
final class WordCountTool implements ToolType {
  private final ToolSpec spec =
      new ToolSpec("count_words", "Counts the words of a text.", schema(), true);

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public String call(JsonNode arguments, Call call) {
    return words(arguments.path("text").asString("")) + " words";
  }

  static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  private static ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema
        .putObject("properties")
        .putObject("text")
        .put("type", "string")
        .put("description", "The text.");
    schema.putArray("required").add("text");
    return schema.put("additionalProperties", false);
  }
}
