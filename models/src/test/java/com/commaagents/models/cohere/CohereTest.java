package com.commaagents.models.cohere;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.Reading;
import com.commaagents.models.testing.Requests;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CohereTest {
  private static final CohereFormat FORMAT = new CohereFormat("command-a-03-2025");

  @Test
  void takesAPlanForThinkingAndSendsItBackAsAPlan() throws Exception {
    Collected answer =
        Reading.of(
            FORMAT,
            "{'type':'tool-plan-delta','delta':{'message':{'tool_plan':'I will '}}}",
            "{'type':'tool-plan-delta','delta':{'message':{'tool_plan':'look.'}}}",
            "{'type':'tool-call-start','index':0,'delta':{'message':{'tool_calls':"
                + "{'id':'c1','type':'function','function':{'name':'f','arguments':''}}}}}",
            "{'type':'tool-call-end','index':0}",
            "{'type':'message-end','delta':{'finish_reason':'TOOL_CALL'}}");
    String id = "thinking-999999";
    assertThat(answer.parts())
        .containsExactly(
            new ModelPart.ThinkingStart(id),
            new ModelPart.Thinking(id, "I will "),
            new ModelPart.Thinking(id, "look."),
            new ModelPart.ThinkingEnd(id, json("{'cohere':{'kind':'tool_plan'}}")),
            new ModelPart.ToolCall("c1", "f", "{}"));
    ModelRequest next =
        Requests.of(Message.user("a"), Message.assistant(Collected.conversation(answer.parts())));
    assertThat(Reading.body(FORMAT, next).at("/messages/1"))
        .isEqualTo(
            json(
                "{'role':'assistant','tool_plan':'I will look.','tool_calls':[{'id':'c1',"
                    + "'type':'function','function':{'name':'f','arguments':'{}'}}]}"));
  }

  @Test
  void mapsEveryFinishReason() throws Exception {
    assertThat(reason("COMPLETE")).isEqualTo(FinishReason.STOP);
    assertThat(reason("STOP_SEQUENCE")).isEqualTo(FinishReason.STOP);
    assertThat(reason("MAX_TOKENS")).isEqualTo(FinishReason.LENGTH);
    assertThat(reason("TOOL_CALL")).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(reason("ERROR_TOXIC")).isEqualTo(FinishReason.CONTENT_FILTER);
    assertThat(reason("NOVELTY")).isEqualTo(FinishReason.OTHER);
    assertThat(
            Reading.failure(FORMAT, "{'type':'message-end','delta':{'finish_reason':'TIMEOUT'}}")
                .retryable())
        .isTrue();
  }

  @Test
  void tellsASchemaInWordsBesideTools() {
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.empty(),
            List.of(Message.user("Who?")),
            List.of(Requests.readFile()),
            ModelOptions.NONE,
            Map.of(),
            Optional.of(json("{'type':'object'}")));
    JsonNode body = Reading.body(FORMAT, request);
    assertThat(body.has("response_format")).isFalse();
    assertThat(body.at("/messages/0/content").stringValue()).contains("{\"type\":\"object\"}");
  }

  private static FinishReason reason(String name) throws Exception {
    return Reading.of(FORMAT, "{'type':'message-end','delta':{'finish_reason':'" + name + "'}}")
        .end()
        .finishReason();
  }
}
