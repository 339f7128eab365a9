package com.commaagents.examples.plugin;

import com.commaagents.engine.plugin.AgentType;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An agent without a model: says how long its message is, and how often it was asked before.
///
/// `config: {unit: words}` counts words in place of characters.
final class CountingAgent implements AgentType {
  private final ObjectNode schema = schema();

  @Override
  public String name() {
    return "counter";
  }

  @Override
  public Optional<JsonNode> configSchema() {
    return Optional.of(schema);
  }

  @Override
  public String answer(Call call) throws InterruptedException {
    boolean words = call.config().path("unit").asString("").equals("words");
    int count = words ? WordCountTool.words(call.message()) : call.message().length();
    String answer = count + (words ? " words" : " characters");
    call.work().text(answer);
    return call.earlier().isEmpty()
        ? answer
        : answer + ", asked " + (call.earlier().size() + 1) + " times";
  }

  private static ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema
        .putObject("properties")
        .putObject("unit")
        .putArray("enum")
        .add("words")
        .add("characters");
    return schema.put("additionalProperties", false);
  }
}
