package com.commaagents.examples.plugin;

import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import com.commaagents.engine.plugin.AgentType;
import com.commaagents.engine.plugin.AgentWork;
import com.commaagents.engine.plugin.AgentWork.Answer;
import com.commaagents.engine.plugin.AgentWork.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An agent that has its model say it again until it is short enough. Its model may use the tools
/// and MCP servers that the agent has, and knows its skills; the agent itself counts words with a
/// tool, follows what people steer meanwhile, and shows only the last draft.
///
/// `config: {model, tools: [count_words], maxWords}`, and `mcpServers`, `skills`, `modelOptions`
/// and `providerOptions` as those of an `llm` agent.
final class BriefAgent implements AgentType {
  private static final int MAX_ANSWERS = 20;

  private final ObjectNode schema = schema();

  @Override
  public String name() {
    return "brief";
  }

  @Override
  public Optional<JsonNode> configSchema() {
    return Optional.of(schema);
  }

  @Override
  public boolean usesModelAndTools() {
    return true;
  }

  @Override
  public String answer(Call call) throws InterruptedException {
    AgentWork work = call.work();
    int maxWords = call.config().path("maxWords").intValue();
    List<Message> messages = new ArrayList<>();
    messages.add(Message.user(steered(call.message(), work)));
    String text = "";
    for (int asked = 0; asked < MAX_ANSWERS; asked++) {
      Answer answer = work.ask(new Question(work.skills(), messages, work.tools(), false));
      messages.add(answer.message());
      if (!answer.calls().isEmpty()) {
        messages.add(work.use(answer));
        continue;
      }
      text = answer.text();
      if (words(text, work) <= maxWords) {
        break;
      }
      messages.add(Message.user(steered("Say it in at most " + maxWords + " words.", work)));
    }
    work.text(text);
    return text;
  }

  private static String steered(String message, AgentWork work) throws InterruptedException {
    List<String> texts = new ArrayList<>(List.of(message));
    texts.addAll(work.steering());
    return String.join("\n\n", texts);
  }

  private static int words(String text, AgentWork work) throws InterruptedException {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode().put("text", text);
    return switch (work.use("count_words", arguments)) {
      case ToolOutcome.Completed(var output) -> Integer.parseInt(output.split(" ", 2)[0]);
      case ToolOutcome.Failed(var error) -> throw new IllegalStateException(error);
    };
  }

  private static ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode fields = schema.putObject("properties");
    fields.putObject("model").put("type", "string");
    fields
        .putObject("tools")
        .put("type", "array")
        .putObject("contains")
        .put("const", "count_words");
    List.of("mcpServers", "skills").forEach(name -> fields.putObject(name).put("type", "array"));
    List.of("modelOptions", "providerOptions")
        .forEach(name -> fields.putObject(name).put("type", "object"));
    fields.putObject("maxWords").put("type", "integer").put("minimum", 1);
    schema.putArray("required").add("tools").add("maxWords");
    return schema.put("additionalProperties", false);
  }
}
