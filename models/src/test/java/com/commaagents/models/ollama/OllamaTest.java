package com.commaagents.models.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.Reading;
import org.junit.jupiter.api.Test;

class OllamaTest {
  private static final OllamaFormat FORMAT = new OllamaFormat("qwen3:8b", () -> "id-1");

  @Test
  void givesACallWithoutIdOneAndSaysThatToolsAreCalled() throws Exception {
    Collected answer =
        Reading.of(
            FORMAT,
            "{'message':{'content':'','tool_calls':[{'function':{'name':'f'}}]},'done':false}",
            "{'message':{'content':''},'done':true,'done_reason':'stop'}");
    assertThat(answer.parts()).containsExactly(new ModelPart.ToolCall("call_id-1", "f", "{}"));
    assertThat(answer.end().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
  }

  @Test
  void mapsEveryReasonToBeDone() throws Exception {
    assertThat(reason("stop")).isEqualTo(FinishReason.STOP);
    assertThat(reason("length")).isEqualTo(FinishReason.LENGTH);
    assertThat(reason("unload")).isEqualTo(FinishReason.OTHER);
  }

  @Test
  void refusesALineThatIsNoJson() throws Exception {
    assertThat(Reading.failure(FORMAT, "{'message'").message()).contains("no JSON");
  }

  private static FinishReason reason(String name) throws Exception {
    return Reading.of(FORMAT, "{'done':true,'done_reason':'" + name + "'}").end().finishReason();
  }
}
