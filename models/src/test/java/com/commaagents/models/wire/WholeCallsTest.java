package com.commaagents.models.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.models.testing.Reading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeCallsTest {
  private final List<ModelPart> parts = new ArrayList<>();
  private final WholeCalls calls = new WholeCalls(Reading.errors(), () -> "id-1", parts::add);

  @Test
  void boundsTheNumberOfCalls() throws Exception {
    assertThat(calls.any()).isFalse();
    for (int i = 0; i < WholeCalls.MAX_CALLS; i++) {
      take();
    }
    assertThat(parts)
        .hasSize(WholeCalls.MAX_CALLS)
        .containsOnly(new ModelPart.ToolCall("call_id-1", "f", "{}"));
    assertThat(calls.any()).isTrue();
    assertThatThrownBy(this::take)
        .isInstanceOf(ModelFailure.class)
        .hasMessageContaining("more than 1000 tools");
  }

  private void take() throws ModelFailure, InterruptedException {
    calls.take(Json.object(), "f", Json.array(), Json.object());
  }
}
