package com.commaagents.models.openai;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Part.OutputKind;
import com.commaagents.models.openai.Dialect.Thinking;
import com.commaagents.models.openai.Dialect.Trait;
import com.commaagents.models.testing.Reading;
import com.commaagents.models.testing.Requests;
import java.util.List;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.Optional;
import java.util.Map;
import com.commaagents.engine.model.ModelRequest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What only some speakers of chat completions do.
class SpeakersTest {
  @Test
  void knowsTheModelsThatThink() {
    for (String model :
        List.of(
            "o1",
            "o3-mini",
            "o4-mini",
            "gpt-5",
            "gpt-5.2-pro",
            "gpt-5-codex",
            "openai/gpt-5",
            "codex-mini-latest",
            "gpt-10")) {
      assertThat(ReasoningModels.has(model)).as(model).isTrue();
    }
    for (String model :
        List.of("gpt-4o", "gpt-4.1", "gpt-5-chat-latest", "gpt-3.5-turbo", "omni", "my-gpt-5")) {
      assertThat(ReasoningModels.has(model)).as(model).isFalse();
    }
  }

  @Test
  void makesIdsOfNineLettersAndDigitsThatStillFindEachOther() {
    assertThat(CallIds.shortened("abcDEF123")).isEqualTo("abcDEF123");
    assertThat(CallIds.shortened("call_id-1"))
        .matches("[a-z0-9]{9}")
        .isEqualTo(CallIds.shortened("call_id-1"))
        .isNotEqualTo(CallIds.shortened("call_id-2"));
    Dialect mistral = Dialect.of("mistral", Trait.SHORT_CALL_IDS);
    JsonNode messages =
        Reading.body(
                new ChatFormat(mistral, "m", () -> "id"),
                Requests.of(
                    Message.assistant(List.of(Part.toolCall("toolu_01", "f", Json.object()))),
                    Message.tool(List.of(Part.toolResult("toolu_01", "f", OutputKind.TEXT, "r")))))
            .path("messages");
    String id = messages.at("/0/tool_calls/0/id").stringValue();
    assertThat(id).isEqualTo(CallIds.shortened("toolu_01"));
    assertThat(messages.at("/1/tool_call_id").stringValue()).isEqualTo(id);
  }

  @Test
  void joinsThePiecesOfReasoningDetails() {
    ReasoningDetails details = new ReasoningDetails();
    details.add(json("[{'type':'reasoning.text','index':0,'text':'a','signature':null}]"));
    details.add(json("[{'type':'reasoning.text','index':0,'text':'b','signature':'s'}]"));
    details.add(json("[{'type':'reasoning.encrypted','index':1,'data':'e'},7]"));
    assertThat(details.take())
        .isEqualTo(
            json(
                "[{'type':'reasoning.text','index':0,'text':'ab','signature':'s'},"
                    + "{'type':'reasoning.encrypted','index':1,'data':'e'}]"));
    assertThat(details.take()).isEmpty();
  }

  @Test
  void sendsReasoningBackInEveryLaterRequestWhereItIsWantedSo() {
    Dialect deepseek = Dialect.of("deepseek").with(Thinking.REASONING_CONTENT);
    Message called =
        Message.assistant(
            List.of(Part.reasoning("hm", Json.object()), Part.toolCall("c", "f", Json.object())));
    JsonNode messages =
        Reading.body(
                new ChatFormat(deepseek, "m", () -> "id"),
                Requests.of(
                    Message.user("1"),
                    called,
                    Message.tool(List.of(Part.toolResult("c", "f", OutputKind.TEXT, "r"))),
                    Message.assistant(List.of(Part.text("a"))),
                    Message.user("2")))
            .path("messages");
    assertThat(messages.path(1).path("reasoning_content").stringValue()).isEqualTo("hm");
  }

  @Test
  void sendsReasoningBackOnlyWhileThePromptIsBeingAnswered() {
    Dialect groq = Dialect.of("groq").with(Thinking.REASONING);
    Message thought =
        Message.assistant(List.of(Part.reasoning("hm", Json.object()), Part.text("a")));
    JsonNode messages =
        Reading.body(
                new ChatFormat(groq, "m", () -> "id"),
                Requests.of(Message.user("1"), thought, Message.user("2"), thought))
            .path("messages");
    assertThat(messages.path(1).has("reasoning")).isFalse();
    assertThat(messages.path(3).path("reasoning").stringValue()).isEqualTo("hm");
  }

  @Test
  void tellsASchemaInWordsBesideToolsWhereItWouldKeepThemFromBeingCalled() {
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.empty(),
            List.of(Message.user("a")),
            List.of(Requests.readFile()),
            ModelOptions.NONE,
            Map.of(),
            Optional.of(json("{'type':'object'}")));
    JsonNode local =
        Reading.body(new ChatFormat(Dialect.compatible("mock"), "m", () -> "id"), request);
    assertThat(local.has("response_format")).isFalse();
    assertThat(local.at("/messages/0/content").stringValue()).contains("{\"type\":\"object\"}");
    JsonNode openai = Reading.body(new ChatFormat(Dialect.OPENAI, "m", () -> "id"), request);
    assertThat(openai.at("/response_format/json_schema/schema"))
        .isEqualTo(json("{'type':'object'}"));
    assertThat(openai.at("/response_format/json_schema").has("strict")).isFalse();
  }

  @Test
  void readsWhatIsGroqsOwn() throws Exception {
    ChatFormat format = new ChatFormat(Dialect.of("groq"), "m", () -> "id");
    ModelFailure failure =
        Reading.failure(format, "{'choices':[],'x_groq':{'id':'r','error':'over capacity'}}");
    assertThat(failure.message())
        .isEqualTo("mock broke its answer off with an error: over capacity");
    assertThat(failure.retryable()).isTrue();
    assertThat(
            Reading.of(
                    format,
                    "{'choices':[{'delta':{},'finish_reason':'stop'}],"
                        + "'x_groq':{'usage':{'prompt_tokens':3,'completion_tokens':4}}}",
                    "[DONE]")
                .end()
                .usage())
        .isEqualTo(new Usage(3, 4));
  }

  @Test
  void takesAFinishThatIsNoneForAFailureToTryAgain() throws Exception {
    ChatFormat format = new ChatFormat(Dialect.of("deepseek"), "m", () -> "id");
    for (String reason : List.of("error", "insufficient_system_resource")) {
      ModelFailure failure =
          Reading.failure(format, "{'choices':[{'delta':{},'finish_reason':'" + reason + "'}]}");
      assertThat(failure.message()).endsWith("it finished with " + reason);
      assertThat(failure.retryable()).isTrue();
    }
  }

  @Test
  void takesAnErrorThatComesInPlaceOfAChunk() throws Exception {
    ChatFormat format = new ChatFormat(Dialect.compatible("mock"), "m", () -> "id");
    assertThat(
            Reading.failure(format, "{'object':'error','message':'m','type':'x','code':400}")
                .message())
        .isEqualTo("mock broke its answer off with an error: m");
    assertThat(
            Reading.failure(format, "{'choices':[{'delta':{},'error':{'message':'m','code':502}}]}")
                .message())
        .isEqualTo("mock broke its answer off with an error: m");
  }
}
