package com.commaagents.bench.tools;

import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.engine.conversation.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A model that reads a file so many times and then is done; it takes the time between its answers.
/// For one run at a time.
final class CallingModel implements ModelRegistry, Model {
  static final int CALLS = 20;

  private final List<Double> micros = new ArrayList<>();
  private int calls;
  private long answered;

  @Override
  public Model model(String name, ModelScope scope) {
    return this;
  }

  @Override
  public ModelInfo info(String name) {
    return info();
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(
        "bench/calls", OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }

  @Override
  public synchronized TurnEnd generate(ModelRequest request, PartListener listener)
      throws InterruptedException {
    if (calls > 0) {
      micros.add((System.nanoTime() - answered) / 1e3);
    }
    boolean more = calls < CALLS;
    if (more) {
      calls++;
      listener.part(new ModelPart.ToolCall("c" + calls, "read_file", "{\"path\": \"small.txt\"}"));
    } else {
      calls = 0;
      listener.part(new ModelPart.Text("done"));
    }
    answered = System.nanoTime();
    return new TurnEnd(
        more ? FinishReason.TOOL_CALLS : FinishReason.STOP, new Usage(1, 1), Optional.empty());
  }

  /// The times since it was last asked for them.
  synchronized double[] micros() {
    double[] all = micros.stream().mapToDouble(Double::doubleValue).toArray();
    micros.clear();
    return all;
  }
}
