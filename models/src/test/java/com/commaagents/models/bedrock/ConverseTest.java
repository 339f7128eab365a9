package com.commaagents.models.bedrock;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
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
    assertThat(reason("malformed_tool_use")).isEqualTo(FinishReason.ERROR);
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
