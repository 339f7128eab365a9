package com.commaagents.models.bedrock;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Part.OutputKind;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.Reading;
import com.commaagents.models.testing.Requests;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConverseTest {
  private static final String CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
  private static final ConverseFormat FORMAT = new ConverseFormat(CLAUDE);

  @Test
  void mapsEveryStopReason() throws Exception {
    assertThat(reason("end_turn")).isEqualTo(FinishReason.STOP);
    assertThat(reason("stop_sequence")).isEqualTo(FinishReason.STOP);
    assertThat(reason("tool_use")).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(reason("max_tokens")).isEqualTo(FinishReason.LENGTH);
    assertThat(reason("model_context_window_exceeded")).isEqualTo(FinishReason.LENGTH);
    assertThat(reason("guardrail_intervened")).isEqualTo(FinishReason.CONTENT_FILTER);
    assertThat(reason("content_filtered")).isEqualTo(FinishReason.CONTENT_FILTER);
    assertThat(reason("novelty")).isEqualTo(FinishReason.OTHER);
  }

  @Test
  void countsWhatTheCacheHeldAndTookAsInput() throws Exception {
    Collected answer =
        Reading.of(
            FORMAT,
            "{'messageStop':{'stopReason':'end_turn'}}",
            "{'metadata':{'usage':{'inputTokens':5,'outputTokens':7,'cacheReadInputTokens':100,"
                + "'cacheWriteInputTokens':20}}}");
    assertThat(answer.end().contextUsage())
        .contains(
            ContextUsage.reported(
                125, 7, OptionalLong.of(100), OptionalLong.of(20), OptionalLong.empty()));
  }

  @Test
  void keepsRedactedThinking() throws Exception {
    Collected answer =
        Reading.of(
            FORMAT,
            "{'contentBlockDelta':{'contentBlockIndex':0,'delta':"
                + "{'reasoningContent':{'redactedContent':'xyz'}}}}",
            "{'contentBlockStop':{'contentBlockIndex':0}}");
    JsonNode kept = json("{'bedrock':{'redactedData':'xyz'}}");
    assertThat(answer.parts())
        .containsExactly(
            new ModelPart.ThinkingStart("thinking-0"),
            new ModelPart.ThinkingEnd("thinking-0", kept));
    ModelRequest next =
        Requests.of(
            Message.user("a"),
            Message.assistant(List.of(Part.reasoning("", kept), Part.text("b"))),
            Message.user("c"));
    assertThat(body(CLAUDE, next).at("/messages/1/content/0"))
        .isEqualTo(json("{'reasoningContent':{'redactedContent':'xyz'}}"));
  }

  @Test
  void failsAtEachExceptionWithTheStatusItStandsFor() throws Exception {
    assertThat(failure("throttlingException").status()).isEqualTo(OptionalInt.of(429));
    assertThat(failure("serviceUnavailableException").status()).isEqualTo(OptionalInt.of(503));
    assertThat(failure("modelStreamErrorException").retryable()).isTrue();
    assertThat(failure("validationException").retryable()).isFalse();
    assertThat(failure("noveltyException").message()).contains("m");
  }

  @Test
  void passesThinkingOnToTheModelAndDoesNotForceItsAnswer() {
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.empty(),
            List.of(Message.user("Who?")),
            List.of(),
            ModelOptions.NONE,
            Map.of(
                "bedrock",
                json(
                    "{'reasoningConfig':{'type':'enabled','budgetTokens':2000},"
                        + "'additionalModelRequestFields':{'anthropic_beta':['x']}}")),
            Optional.of(json("{'type':'object'}")));
    JsonNode body = body(CLAUDE, request);
    assertThat(body.path("additionalModelRequestFields"))
        .isEqualTo(
            json("{'thinking':{'type':'enabled','budget_tokens':2000},'anthropic_beta':['x']}"));
    assertThat(body.path("toolConfig").has("toolChoice")).isFalse();
    assertThat(body.at("/system/0/text").stringValue()).contains("{\"type\":\"object\"}");
  }

  @Test
  void tellsASchemaInWordsToModelsThatNeedNotObey() {
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.empty(),
            List.of(Message.user("Who?")),
            List.of(),
            ModelOptions.NONE,
            Map.of(),
            Optional.of(json("{'type':'object'}")));
    JsonNode body = body("meta.llama3-3-70b-instruct-v1:0", request);
    assertThat(body.has("toolConfig")).isFalse();
    assertThat(body.at("/system/0/text").stringValue()).contains("{\"type\":\"object\"}");
  }

  @Test
  void takesAnAnswerThatIsNoneForAFailureToTryAgain() throws Exception {
    ModelFailure failure =
        Reading.failure(FORMAT, "{'messageStop':{'stopReason':'malformed_tool_use'}}");
    assertThat(failure.message()).endsWith("it stopped with malformed_tool_use");
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void tellsWhetherAToolCouldBeRunOnlyToModelsThatTakeIt() {
    ModelRequest request =
        Requests.of(
            Message.user("a"),
            Message.assistant(List.of(Part.toolCall("c1", "f", json("{}")))),
            Message.tool(List.of(Part.toolResult("c1", "f", OutputKind.TEXT, "r"))));
    String status = "/messages/2/content/0/toolResult/status";
    assertThat(body(CLAUDE, request).at(status).stringValue()).isEqualTo("success");
    assertThat(body("us.amazon.nova-pro-v1:0", request).at(status).stringValue())
        .isEqualTo("success");
    assertThat(body("mistral.mistral-large-2407-v1:0", request).at(status).isMissingNode())
        .isTrue();
  }

  @Test
  void declaresToolsThatWereCalledWhereThereAreNoneNow() {
    ModelRequest request =
        Requests.of(
            Message.user("a"),
            Message.assistant(List.of(Part.toolCall("c1", "f", json("{}")))),
            Message.tool(List.of(Part.toolResult("c1", "f", OutputKind.TEXT, "r"))));
    assertThat(body(CLAUDE, request).at("/toolConfig/tools").size()).isEqualTo(1);
    assertThat(body(CLAUDE, request).at("/toolConfig/tools/0/toolSpec/name").stringValue())
        .isEqualTo("f");
    assertThat(body(CLAUDE, Requests.of(Message.user("a"))).has("toolConfig")).isFalse();
  }

  @Test
  void tellsHowMuchToThinkInEachModelsWords() {
    Map<String, JsonNode> options =
        Map.of(
            "bedrock", json("{'reasoningConfig':{'type':'enabled','maxReasoningEffort':'high'}}"));
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.empty(),
            List.of(Message.user("Who?")),
            List.of(),
            ModelOptions.NONE,
            options,
            Optional.empty());
    assertThat(body("amazon.nova-2-lite-v1:0", request).path("additionalModelRequestFields"))
        .isEqualTo(json("{'reasoningConfig':{'type':'enabled','maxReasoningEffort':'high'}}"));
    assertThat(body(CLAUDE, request).path("additionalModelRequestFields"))
        .isEqualTo(json("{'thinking':{'type':'enabled'},'output_config':{'effort':'high'}}"));
  }

  @Test
  void hasThinkingLeftOutThatIsBoundToAnotherConversation() {
    assertThat(
            body("global.anthropic.claude-sonnet-5-5", Requests.of(Message.user("a")))
                .path("additionalModelRequestFields"))
        .isEqualTo(
            json(
                "{'thinking':{'type':'adaptive','block_binding':{'prefix_mismatch_behavior':"
                    + "'drop_block'}},'anthropic_beta':['thinking-binding-controls-2026-08-01']}"));
  }

  private static FinishReason reason(String name) throws Exception {
    return Reading.of(FORMAT, "{'messageStop':{'stopReason':'" + name + "'}}", "{'metadata':{}}")
        .end()
        .finishReason();
  }

  private static ModelFailure failure(String exception) throws Exception {
    return Reading.failure(FORMAT, "{'" + exception + "':{'message':'m'}}");
  }

  private static JsonNode body(String model, ModelRequest request) {
    return Reading.body(new ConverseFormat(model), request);
  }
}
