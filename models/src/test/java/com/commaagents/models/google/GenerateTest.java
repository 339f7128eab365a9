package com.commaagents.models.google;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Usage;
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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GenerateTest {
  private static final GenerateFormat FORMAT = format("gemini-2.5-pro");

  @Test
  void mapsEveryFinishReason() throws Exception {
    assertThat(reason("STOP")).isEqualTo(FinishReason.STOP);
    assertThat(reason("MAX_TOKENS")).isEqualTo(FinishReason.LENGTH);
    for (String filter :
        List.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII")) {
      assertThat(reason(filter)).isEqualTo(FinishReason.CONTENT_FILTER);
    }
    assertThat(reason("LANGUAGE")).isEqualTo(FinishReason.OTHER);
  }

  @Test
  void takesAnAnswerThatIsNoneForAFailureToTryAgain() throws Exception {
    for (String reason :
        List.of("MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "MALFORMED_RESPONSE")) {
      ModelFailure failure =
          Reading.failure(
              FORMAT,
              "{'candidates':[{'finishReason':'" + reason + "','finishMessage':'print(f('}]}");
      assertThat(failure.message())
          .isEqualTo(
              "mock broke its answer off with an error: it finished with " + reason + ": print(f(");
      assertThat(failure.retryable()).isTrue();
    }
  }

  @Test
  void readsOnBehindAFinishReasonUntilTheStreamEnds() throws Exception {
    Collected answer =
        Reading.of(
            FORMAT,
            "{'candidates':[{'content':{'parts':[{'text':'a'}]},'finishReason':'STOP'}]}",
            "{'candidates':[{'content':{'parts':[{'text':'b'}]},'finishReason':'MAX_TOKENS'}]}",
            "{'usageMetadata':{'promptTokenCount':7,'candidatesTokenCount':2}}");
    assertThat(answer.parts()).containsExactly(new ModelPart.Text("a"), new ModelPart.Text("b"));
    assertThat(answer.end().finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(answer.end().usage()).isEqualTo(new Usage(7, 2));
  }

  @Test
  void takesABlockedPromptForFiltered() throws Exception {
    Collected answer =
        Reading.of(
            FORMAT,
            "{'promptFeedback':{'blockReason':'PROHIBITED_CONTENT'},"
                + "'usageMetadata':{'promptTokenCount':7}}");
    assertThat(answer.end().finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
    assertThat(answer.end().usage()).isEqualTo(new Usage(7, 0));
  }

  @Test
  void keepsTheSignatureOfATextBehindIt() throws Exception {
    Collected answer =
        Reading.of(
            FORMAT,
            part("{'text':'hm','thought':true}"),
            part("{'text':'Yes.'}"),
            part("{'text':'','thoughtSignature':'sig'}"),
            finish("STOP"));
    JsonNode kept = json("{'google':{'thoughtSignature':'sig'}}");
    assertThat(answer.parts())
        .containsExactly(
            new ModelPart.ThinkingStart("thinking-0"),
            new ModelPart.Thinking("thinking-0", "hm"),
            new ModelPart.ThinkingEnd("thinking-0", Json.object()),
            new ModelPart.Text("Yes."),
            new ModelPart.ThinkingStart("thinking-1"),
            new ModelPart.ThinkingEnd("thinking-1", kept));
    ModelRequest next =
        Requests.of(
            Message.user("a"),
            Message.assistant(Collected.conversation(answer.parts())),
            Message.user("b"));
    assertThat(Reading.body(FORMAT, next).at("/contents/1/parts"))
        .isEqualTo(json("[{'text':'Yes.'},{'text':'','thoughtSignature':'sig'}]"));
  }

  @Test
  void givesACallWithoutIdOne() throws Exception {
    assertThat(Reading.of(FORMAT, part("{'functionCall':{'name':'f'}}"), finish("STOP")).parts())
        .containsExactly(new ModelPart.ToolCall("call_id-1", "f", "{}"));
  }

  @Test
  void saysThatAnotherModelsCallsHaveNoSignatureWhereOneIsInsistedOn() {
    ModelRequest request =
        Requests.of(
            Message.user("a"),
            Message.assistant(
                List.of(
                    Part.toolCall("c1", "f", Json.object()),
                    Part.toolCall("c2", "f", Json.object()))),
            Message.user("b"));
    assertThat(Reading.body(format("gemini-3-pro-preview"), request).at("/contents/1/parts"))
        .isEqualTo(
            json(
                "[{'functionCall':{'id':'c1','name':'f','args':{}},"
                    + "'thoughtSignature':'skip_thought_signature_validator'},"
                    + "{'functionCall':{'id':'c2','name':'f','args':{}}}]"));
    assertThat(Reading.body(FORMAT, request).at("/contents/1/parts/0").has("thoughtSignature"))
        .isFalse();
  }

  @Test
  void tellsASchemaInWordsBesideToolsWhereBothAreNotTaken() {
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.empty(),
            List.of(Message.user("Who?")),
            List.of(Requests.readFile()),
            ModelOptions.NONE,
            Map.of("google", json("{'generationConfig':{'stopSequences':['x']}}")),
            Optional.of(json("{'type':'object'}")));
    JsonNode older = Reading.body(FORMAT, request);
    assertThat(older.path("generationConfig")).isEqualTo(json("{'stopSequences':['x']}"));
    assertThat(older.at("/systemInstruction/parts/0/text").stringValue())
        .contains("{\"type\":\"object\"}");
    JsonNode newer = Reading.body(format("gemini-3-pro"), request);
    assertThat(newer.at("/generationConfig/responseJsonSchema"))
        .isEqualTo(json("{'type':'object'}"));
    assertThat(newer.has("systemInstruction")).isFalse();
  }

  @Test
  void failsWithTheStatusOfAnErrorWithinTheStream() throws Exception {
    ModelFailure failure =
        Reading.failure(
            FORMAT, "{'error':{'code':503,'message':'overloaded','status':'UNAVAILABLE'}}");
    assertThat(failure.status()).isEqualTo(OptionalInt.of(503));
    assertThat(failure.retryable()).isTrue();
  }

  private static GenerateFormat format(String model) {
    return new GenerateFormat("google", model, () -> "id-1");
  }

  private static String part(String part) {
    return "{'candidates':[{'content':{'parts':[" + part + "]}}]}";
  }

  private static String finish(String reason) {
    return "{'candidates':[{'finishReason':'" + reason + "'}]}";
  }

  private static FinishReason reason(String name) throws Exception {
    return Reading.of(FORMAT, finish(name)).end().finishReason();
  }
}
