package com.commaagents.models.scripted;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.wire.Prompts;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What `{{input}}` and `{{tool}}` stand for in one request.
///
/// @param input the text of the last user message
/// @param tool the last tool result as text; empty when there is none
record Blanks(String input, String tool) {
  private static final String INPUT = "{{input}}";
  private static final String TOOL = "{{tool}}";

  static Blanks of(ModelRequest request) {
    String input = "";
    String tool = "";
    for (Message message : request.messages()) {
      switch (message) {
        case Message.User(var content) -> input = content.text();
        case Message.Tool(var content) -> tool = lastResult(content.asParts(), tool);
        case Message.Assistant _ -> {}
      }
    }
    return new Blanks(input, tool);
  }

  private static String lastResult(List<Part> parts, String before) {
    String last = before;
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        last = Prompts.toolResult(result);
      }
    }
    return last;
  }

  /// Fills one text. What is filled in is not looked at again.
  String fill(String text) {
    if (!text.contains("{{")) {
      return text;
    }
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(INPUT, at)) {
        filled.append(input);
        at += INPUT.length();
      } else if (text.startsWith(TOOL, at)) {
        filled.append(tool);
        at += TOOL.length();
      } else {
        filled.append(text.charAt(at));
        at++;
      }
    }
    return filled.toString();
  }

  /// Fills the strings within a JSON text; a text that is no JSON as a whole.
  String fillJson(String text) {
    if (!text.contains("{{")) {
      return text;
    }
    Optional<JsonNode> json = Json.parse(text);
    return json.isPresent() ? Json.write(filled(json.get())) : fill(text);
  }

  // As deep as the script's parser allows.
  private JsonNode filled(JsonNode node) {
    if (node.isString()) {
      return Json.mapper().getNodeFactory().stringNode(fill(node.stringValue()));
    }
    if (node.isArray()) {
      var array = Json.array();
      node.forEach(element -> array.add(filled(element)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = Json.object();
      node.forEachEntry((name, value) -> object.set(name, filled(value)));
      return object;
    }
    return node;
  }
}
