package com.commaagents.models.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
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
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatStreamTest {
  private static final ModelRequest REQUEST = Requests.of(Message.user("Hello"));

  private final SocketServer server = new SocketServer();
  private final StreamingHttp http = new StreamingHttp();

  ChatStreamTest() throws Exception {}

  @AfterEach
  void close() throws Exception {
    http.close();
    server.close();
  }

  @Test
  void countsCachedAndReasoningTokens() throws Exception {
    Collected answer =
        answer(
            "{'choices':[{'delta':{'content':'x'},'finish_reason':'stop'}],"
                + "'usage':{'prompt_tokens':10,'completion_tokens':5,"
                + "'prompt_tokens_details':{'cached_tokens':4,'cache_write_tokens':3},"
                + "'completion_tokens_details':{'reasoning_tokens':2}}}",
            "[DONE]");
    assertThat(answer.end().contextUsage())
        .contains(
            ContextUsage.reported(
                10, 5, OptionalLong.of(4), OptionalLong.of(3), OptionalLong.of(2)));
  }

  @Test
  void mapsEveryFinishReason() throws Exception {
    assertThat(reason("stop")).isEqualTo(FinishReason.STOP);
    assertThat(reason("eos")).isEqualTo(FinishReason.STOP);
    assertThat(reason("length")).isEqualTo(FinishReason.LENGTH);
    assertThat(reason("content_filter")).isEqualTo(FinishReason.CONTENT_FILTER);
    assertThat(reason("tool_calls")).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(reason("function_call")).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(reason("novelty")).isEqualTo(FinishReason.OTHER);
  }

  @Test
  void saysToolCallsWhereAServerSaysStop() throws Exception {
    Collected answer =
        answer(
            "{'choices':[{'delta':{'tool_calls':[{'id':'a','function':{'name':'f'}}]}}]}",
            finish("stop"));
    assertThat(answer.end().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(answer.parts()).containsExactly(new ModelPart.ToolCall("a", "f", "{}"));
  }

  @Test
  void keepsCallsApartThatShareAnIndex() throws Exception {
    Collected answer =
        answer(
            "{'choices':[{'delta':{'tool_calls':["
                + "{'index':0,'id':'a','function':{'name':'f','arguments':'{}'}},"
                + "{'index':0,'id':'b','function':{'name':'g','arguments':{'x':1}}}]}}]}",
            finish("tool_calls"));
    assertThat(answer.parts())
        .containsExactly(
            new ModelPart.ToolCall("a", "f", "{}"), new ModelPart.ToolCall("b", "g", "{\"x\":1}"));
  }

  @Test
  void keepsCallsApartThatHaveNoIndex() throws Exception {
    Collected answer =
        answer(
            "{'choices':[{'delta':{'tool_calls':[{'id':'a','function':{'name':'f','arguments':'{'}}]}}]}",
            "{'choices':[{'delta':{'tool_calls':[{'function':{'arguments':'}'}}]}}]}",
            "{'choices':[{'delta':{'tool_calls':[{'id':'b','function':{'name':'g'}}]}}]}",
            finish("tool_calls"));
    assertThat(answer.parts())
        .containsExactly(
            new ModelPart.ToolCall("a", "f", "{}"), new ModelPart.ToolCall("b", "g", "{}"));
  }

  @Test
  void givesACallWithoutIdOne() throws Exception {
    Collected answer =
        answer(
            "{'choices':[{'delta':{'tool_calls':[{'index':0,'function':{'name':'f'}}]}}]}",
            finish("tool_calls"));
    assertThat(answer.parts()).containsExactly(new ModelPart.ToolCall("call_id-1", "f", "{}"));
  }

  @Test
  void startsThinkingAnewAfterText() throws Exception {
    Collected answer =
        answer(
            "{'choices':[{'delta':{'reasoning':'a','reasoning_content':'a'}}]}",
            "{'choices':[{'delta':{'content':'b'}}]}",
            "{'choices':[{'delta':{'reasoning':'c'}}]}",
            finish("stop"));
    assertThat(answer.parts())
        .containsExactly(
            new ModelPart.ThinkingStart("thinking-0"),
            new ModelPart.Thinking("thinking-0", "a"),
            new ModelPart.ThinkingEnd("thinking-0", Json.object()),
            new ModelPart.Text("b"),
            new ModelPart.ThinkingStart("thinking-1"),
            new ModelPart.Thinking("thinking-1", "c"),
            new ModelPart.ThinkingEnd("thinking-1", Json.object()));
  }

  @Test
  void readsContentInPartsAndOnlyTheFirstChoice() throws Exception {
    Collected answer =
        answer(
            "{'choices':[{'index':1,'delta':{'content':'other'}}]}",
            "{'choices':[{'index':0,'delta':{'content':["
                + "{'type':'thinking','thinking':[{'type':'text','text':'hm'}]},"
                + "{'type':'text','text':'yes'}]}}]}",
            finish("stop"));
    assertThat(answer.parts())
        .containsExactly(
            new ModelPart.ThinkingStart("thinking-0"),
            new ModelPart.Thinking("thinking-0", "hm"),
            new ModelPart.ThinkingEnd("thinking-0", Json.object()),
            new ModelPart.Text("yes"));
  }

  @Test
  void failsAtAnErrorWithinTheStream() throws Exception {
    ModelFailure failure =
        failure(
            "{'choices':[{'delta':{'content':'c0'}}]}",
            "{'error':{'message':'out of memory with " + Models.KEY + "','type':'server_error'}}");
    assertThat(failure.message())
        .isEqualTo("mock broke its answer off with an error: out of memory with ***");
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void doesNotRetryWhatTheSameRequestCannotMend() throws Exception {
    assertThat(failure("{'error':{'message':'m','type':'invalid_request_error'}}").retryable())
        .isFalse();
    ModelFailure withStatus = failure("{'error':{'message':'m','code':502}}");
    assertThat(withStatus.status()).isEqualTo(OptionalInt.of(502));
    assertThat(withStatus.retryable()).isTrue();
    assertThat(failure("{'error':'plain'}").message()).endsWith("plain");
  }

  @Test
  void failsWhenTheStreamEndsBeforeItFinished() throws Exception {
    for (String[] events :
        new String[][] {{}, {"{'choices':[{'delta':{'content':'c'}}]}"}, {"[DONE]"}}) {
      ModelFailure failure = failure(events);
      assertThat(failure.message()).isEqualTo("mock ended its answer before it finished");
      assertThat(failure.retryable()).isTrue();
    }
  }

  @Test
  void takesAnAnswerThatBreaksOffAfterItFinished() throws Exception {
    CountDownLatch finished = new CountDownLatch(1);
    server.next(reply -> {
      reply.stream()
          .events("{\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}");
      finished.await();
      reply.cut();
    });
    assertThat(model().generate(REQUEST, _ -> finished.countDown()).finishReason())
        .isEqualTo(FinishReason.STOP);
  }

  @Test
  void refusesAnEventThatIsNoJson() throws Exception {
    ModelFailure failure = failure("{'choices':[{'delta'");
    assertThat(failure.message()).contains("no JSON");
    assertThat(failure.retryable()).isFalse();
  }

  @Test
  void boundsTheNumberOfToolCalls() throws Exception {
    StringBuilder calls = new StringBuilder();
    for (int i = 0; i < ToolCallAssembly.MAX_CALLS; i++) {
      calls.append("{'index':" + i + ",'id':'c" + i + "','function':{'name':'f'}},");
    }
    String atLimit = calls.substring(0, calls.length() - 1);
    assertThat(answer(withCalls(atLimit), finish("tool_calls")).parts())
        .hasSize(ToolCallAssembly.MAX_CALLS);
    assertThat(failure(withCalls(calls + "{'index':1000,'id':'z'}")).message())
        .contains("more than 1000 tools");
  }

  private static String withCalls(String calls) {
    return "{'choices':[{'delta':{'tool_calls':[" + calls + "]}}]}";
  }

  private static String finish(String reason) {
    return "{'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}";
  }

  private FinishReason reason(String name) throws Exception {
    return answer(finish(name)).end().finishReason();
  }

  private Collected answer(String... events) throws Exception {
    expect(events);
    return Collected.from(model(), REQUEST);
  }

  private ModelFailure failure(String... events) throws Exception {
    expect(events);
    return Collected.failure(model(), REQUEST);
  }

  private void expect(String... events) {
    String[] json =
        Arrays.stream(events).map(text -> text.replace('\'', '"')).toArray(String[]::new);
    server.next(reply -> reply.stream().events(json).end());
  }

  private Model model() {
    return Models.openai(http, server, new HandClock());
  }
}
