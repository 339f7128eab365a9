package com.commaagents.models.anthropic;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Part.OutputKind;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.StreamingHttp;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.Models;
import com.commaagents.models.testing.Requests;
import com.commaagents.models.testing.SocketServer;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MessageStreamTest {
  private static final ModelRequest REQUEST = Requests.of(Message.user("Hello"));
  private static final String STOP = "{'type':'message_stop'}";

  private final SocketServer server = new SocketServer();
  private final StreamingHttp http = new StreamingHttp();

  MessageStreamTest() throws Exception {}

  @AfterEach
  void close() throws Exception {
    http.close();
    server.close();
  }

  @Test
  void sendsAWholeConversation() throws Exception {
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.of("You write."),
            List.of(
                Message.user("Read it."),
                Message.user("Please."),
                Message.assistant(
                    List.of(
                        Part.reasoning("hm", json("{'anthropic':{'signature':'sig'}}")),
                        Part.reasoning("", json("{'anthropic':{'redactedData':'xyz'}}")),
                        Part.reasoning("from elsewhere", Json.object()),
                        Part.text("I look."),
                        Part.text(" "),
                        Part.toolCall("functions.read:0", "read_file", json("{'path':'a'}")),
                        Part.toolCall(
                            "toolu_2",
                            "read_file",
                            Json.mapper().getNodeFactory().stringNode("{\"pa")))),
                Message.tool(
                    List.of(
                        Part.toolResult("functions.read:0", "read_file", OutputKind.TEXT, "abc"),
                        Part.toolResult("toolu_2", "read_file", OutputKind.ERROR_TEXT, "bad"))),
                Message.user("Go on.")),
            List.of(Requests.readFile()),
            ModelOptions.NONE,
            Map.of(
                "anthropic",
                json("{'thinking':{'type':'enabled','budgetTokens':2000},'serviceTier':'auto'}")),
            Optional.empty());
    assertThat(body("claude-sonnet-4-5", request))
        .isEqualTo(Requests.golden("messages-request.json"));
  }

  @Test
  void saysSomethingForAUserWhoSaysNothing() throws Exception {
    assertThat(body("other", Requests.of(Message.user(" "))))
        .isEqualTo(
            json(
                "{'model':'other','max_tokens':8192,'messages':[{'role':'user','content':"
                    + "[{'type':'text','text':'(no message)'}]}],'stream':true}"));
  }

  @Test
  void makesRoomForAThinkingBudget() throws Exception {
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.empty(),
            List.of(Message.user("Hello")),
            List.of(),
            ModelOptions.NONE,
            Map.of("anthropic", json("{'thinking':{'type':'enabled','budgetTokens':32000}}")),
            Optional.empty());
    assertThat(body("claude-sonnet-4-5", request).path("max_tokens").asInt()).isEqualTo(64_000);
    assertThat(body("claude-3-opus-20240229", REQUEST).path("max_tokens").asInt()).isEqualTo(4_096);
    assertThat(body("claude-3-5-haiku-latest", REQUEST).path("max_tokens").asInt())
        .isEqualTo(8_192);
  }

  @Test
  void keepsWhatThinkingNeedsToBeSentBack() throws Exception {
    Collected answer =
        answer(
            start(0, "{'type':'thinking','thinking':''}"),
            delta(0, "{'type':'thinking_delta','thinking':'hm'}"),
            delta(0, "{'type':'signature_delta','signature':'ab'}"),
            delta(0, "{'type':'signature_delta','signature':'cd'}"),
            stop(0),
            start(1, "{'type':'redacted_thinking','data':'xyz'}"),
            stop(1),
            STOP);
    assertThat(answer.parts())
        .containsExactly(
            new ModelPart.ThinkingStart("thinking-0"),
            new ModelPart.Thinking("thinking-0", "hm"),
            new ModelPart.ThinkingEnd("thinking-0", json("{'anthropic':{'signature':'abcd'}}")),
            new ModelPart.ThinkingStart("thinking-1"),
            new ModelPart.ThinkingEnd("thinking-1", json("{'anthropic':{'redactedData':'xyz'}}")));
  }

  @Test
  void countsCachedTokensAsInput() throws Exception {
    Collected answer =
        answer(
            "{'type':'message_start','message':{'usage':{'input_tokens':5,"
                + "'cache_read_input_tokens':100,'cache_creation_input_tokens':20,"
                + "'output_tokens':1}}}",
            "{'type':'message_delta','delta':{'stop_reason':'end_turn'},"
                + "'usage':{'output_tokens':30}}",
            STOP);
    assertThat(answer.end().usage()).isEqualTo(new Usage(125, 30));
    assertThat(answer.end().contextUsage())
        .contains(
            ContextUsage.reported(
                125, 30, OptionalLong.of(100), OptionalLong.of(20), OptionalLong.empty()));
  }

  @Test
  void mapsEveryStopReason() throws Exception {
    assertThat(reason("end_turn")).isEqualTo(FinishReason.STOP);
    assertThat(reason("stop_sequence")).isEqualTo(FinishReason.STOP);
    assertThat(reason("max_tokens")).isEqualTo(FinishReason.LENGTH);
    assertThat(reason("tool_use")).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(reason("refusal")).isEqualTo(FinishReason.CONTENT_FILTER);
    assertThat(reason("pause_turn")).isEqualTo(FinishReason.OTHER);
  }

  @Test
  void skipsWhatItDoesNotKnow() throws Exception {
    assertThat(
            answer(
                    "{'type':'ping'}",
                    "{'type':'novelty'}",
                    start(0, "{'type':'server_tool_use','id':'x'}"),
                    delta(0, "{'type':'citations_delta'}"),
                    stop(0),
                    STOP)
                .parts())
        .isEmpty();
  }

  @Test
  void failsAtAnErrorEvent() throws Exception {
    ModelFailure failure =
        failure("{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}");
    assertThat(failure.message())
        .isEqualTo("anthropic broke its answer off with an error: Overloaded");
    assertThat(failure.retryable()).isTrue();
    assertThat(
            failure("{'type':'error','error':{'type':'invalid_request_error','message':'m'}}")
                .retryable())
        .isFalse();
  }

  @Test
  void failsWhenTheStreamEndsWithoutItsLastEvent() throws Exception {
    ModelFailure failure = failure("{'type':'message_delta','delta':{'stop_reason':'end_turn'}}");
    assertThat(failure.message()).isEqualTo("anthropic ended its answer before it finished");
  }

  @Test
  void comesBackFromAnOverload() throws Exception {
    server.next(reply ->
        reply.json(
            529,
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                + "\"message\":\"Overloaded\"}}"));
    ModelFailure failure = Collected.failure(model("claude-sonnet-4-5"), REQUEST);
    assertThat(failure.status()).isEqualTo(OptionalInt.of(529));
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.message()).isEqualTo("anthropic answered 529: Overloaded");
  }

  private static String start(int index, String block) {
    return "{'type':'content_block_start','index':" + index + ",'content_block':" + block + "}";
  }

  private static String delta(int index, String delta) {
    return "{'type':'content_block_delta','index':" + index + ",'delta':" + delta + "}";
  }

  private static String stop(int index) {
    return "{'type':'content_block_stop','index':" + index + "}";
  }

  private FinishReason reason(String name) throws Exception {
    return answer("{'type':'message_delta','delta':{'stop_reason':'" + name + "'}}", STOP)
        .end()
        .finishReason();
  }

  private JsonNode body(String model, ModelRequest request) throws Exception {
    expect(STOP);
    Collected.from(model(model), request);
    return Json.parse(server.requests().getLast().body()).orElseThrow();
  }

  private Collected answer(String... events) throws Exception {
    expect(events);
    return Collected.from(model("claude-sonnet-4-5"), REQUEST);
  }

  private ModelFailure failure(String... events) throws Exception {
    expect(events);
    return Collected.failure(model("claude-sonnet-4-5"), REQUEST);
  }

  private void expect(String... events) {
    String[] json =
        Arrays.stream(events).map(text -> text.replace('\'', '"')).toArray(String[]::new);
    server.next(reply -> reply.stream().events(json).end());
  }

  private Model model(String name) {
    return Models.anthropic(http, server, new HandClock(), name);
  }
}
