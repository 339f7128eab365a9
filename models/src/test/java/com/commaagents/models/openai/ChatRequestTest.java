package com.commaagents.models.openai;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Part.OutputKind;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.testing.Requests;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ChatRequestTest {
  private static final ModelOptions ALL_OPTIONS =
      new ModelOptions(
          OptionalDouble.of(0.5),
          OptionalDouble.of(0.9),
          OptionalInt.of(40),
          OptionalInt.of(1000),
          OptionalInt.of(9),
          OptionalDouble.of(0.1),
          OptionalDouble.of(0.2),
          OptionalLong.of(42));

  @Test
  void sendsAWholeConversation() throws Exception {
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.of("You write."),
            List.of(
                Message.user("Read it."),
                Message.assistant(
                    List.of(
                        Part.reasoning("hm", Json.object()),
                        Part.text("I look."),
                        Part.toolCall("call_1", "read_file", json("{'path':'a.txt'}")),
                        Part.toolCall("call_2", "read_file", text("{\"path\": \"hel")))),
                Message.tool(
                    List.of(
                        Part.toolResult("call_1", "read_file", OutputKind.TEXT, "content"),
                        Part.toolResult("call_2", "read_file", OutputKind.ERROR_TEXT, "no JSON"),
                        new Part.ToolResult(
                            "call_3", "todo", OutputKind.JSON, json("{'n':1}"), Part.NO_EXTRA))),
                Message.assistant(List.of(Part.toolCall("call_4", "todo", Json.object()))),
                new Message.User(
                    new Message.Content.Parts(
                        List.of(
                            Part.text("One."),
                            new Part.Other(json("{'type':'image'}")),
                            Part.text("Two."))))),
            List.of(Requests.readFile()),
            ALL_OPTIONS,
            Map.of(
                "mock", json("{'reasoningEffort':'high','metadata':{'camelCase':1}}"),
                "openai", json("{'reasoning_effort':'low','user':'u'}"),
                "groq", json("{'not':'for us'}")),
            Optional.of(json("{'type':'object'}")));
    assertThat(body(Dialect.compatible("mock"), "text:n=1,b=2", request))
        .isEqualTo(Requests.golden("chat-request.json"));
  }

  @Test
  void leavesOutWhatThereIsNothingOf() {
    assertThat(body(Dialect.OPENAI, "gpt-4o", Requests.of(Message.user("Hello"))))
        .isEqualTo(
            json(
                "{'model':'gpt-4o','messages':[{'role':'user','content':'Hello'}],"
                    + "'stream':true,'stream_options':{'include_usage':true}}"));
  }

  @Test
  void limitsTheOutputOfOpenAisNewerModelsByTheirOwnField() {
    ModelOptions options =
        new ModelOptions(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.of(40),
            OptionalInt.of(7),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty());
    for (String model : List.of("o3", "o4-mini", "gpt-5-mini")) {
      JsonNode body = body(Dialect.OPENAI_ELSEWHERE, model, with(options));
      assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(7);
      assertThat(body.has("max_tokens")).isFalse();
      assertThat(body.has("top_k")).isFalse();
    }
    assertThat(body(Dialect.OPENAI_ELSEWHERE, "gpt-4o", with(options)).path("max_tokens").asInt())
        .isEqualTo(7);
    assertThat(body(Dialect.OPENAI, "gpt-4o", with(options)).path("max_completion_tokens").asInt())
        .isEqualTo(7);
    assertThat(body(Dialect.compatible("x"), "gpt-5", with(options)).path("max_tokens").asInt())
        .isEqualTo(7);
  }

  @Test
  void tellsTheSchemaInWordsWhereItIsNotEnforced() {
    Dialect groq = Dialect.of("groq", Dialect.Trait.SCHEMA_IN_WORDS);
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.of("You write."),
            List.of(Message.user("Hello")),
            List.of(),
            ModelOptions.NONE,
            Map.of(),
            Optional.of(json("{'type':'object'}")));
    JsonNode body = body(groq, "llama", request);
    assertThat(body.has("response_format")).isFalse();
    assertThat(body.at("/messages/0/content").stringValue())
        .startsWith("You write.\n\n")
        .endsWith("{\"type\":\"object\"}");
  }

  private static ModelRequest with(ModelOptions options) {
    return new ModelRequest(
        "writer",
        Optional.empty(),
        List.of(Message.user("Hello")),
        List.of(),
        options,
        Map.of(),
        Optional.empty());
  }

  private static JsonNode text(String text) {
    return Json.mapper().getNodeFactory().stringNode(text);
  }

  // As it goes over the wire, so that 7 and 7L are the same.
  private static JsonNode body(Dialect dialect, String model, ModelRequest request) {
    ObjectNode body = new ChatRequest(dialect, model, request).body();
    return Json.parse(Json.writeBytes(body)).orElseThrow();
  }
}
