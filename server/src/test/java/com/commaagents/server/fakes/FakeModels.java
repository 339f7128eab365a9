package com.commaagents.server.fakes;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.engine.model.TurnEnd;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/// Models by name:
///
/// - `fake/echo` repeats the last message and a `!`
/// - `fake/steps` says "one ", waits for [#further], says "two"
/// - `fake/hang` says "so far" and then nothing until it is interrupted
/// - `fake/fail` refuses
/// - `fake/permission`, `fake/question` and `fake/talk` call the tool of that name, then say what
///   it gave
/// - `fake/flood` thinks [#FLOOD_DELTAS] deltas a call, each once [#further] lets it, and says
///   "done"
public final class FakeModels implements ModelRegistry {
  public static final int FLOOD_DELTAS = 5_000;
  public static final String FLOOD_DELTA = "0123456789".repeat(200);

  /// What the waiting models wait for.
  public final Semaphore further = new Semaphore(0);

  @Override
  public Model model(String name, ModelScope scope) {
    return new FakeModel(name);
  }

  @Override
  public ModelInfo info(String name) {
    return new ModelInfo(name, OptionalLong.of(1_000), OptionalLong.empty());
  }

  private final class FakeModel implements Model {
    private final String name;

    FakeModel(String name) {
      this.name = name;
    }

    @Override
    public ModelInfo info() {
      return FakeModels.this.info(name);
    }

    @Override
    public TurnEnd generate(ModelRequest request, PartListener listener)
        throws ModelFailure, InterruptedException {
      Message last = request.messages().getLast();
      switch (name) {
        case "fake/echo" -> listener.part(new ModelPart.Text(last.content().text() + "!"));
        case "fake/steps" -> {
          listener.part(new ModelPart.Text("one "));
          further.acquire();
          listener.part(new ModelPart.Text("two"));
        }
        case "fake/hang" -> {
          listener.part(new ModelPart.Text("so far"));
          new CountDownLatch(1).await();
        }
        case "fake/fail" ->
            throw new ModelFailure(
                "fake: 400 no such thing", OptionalInt.of(400), false, Optional.empty());
        case "fake/permission", "fake/question", "fake/talk" -> {
          if (!(last instanceof Message.Tool)) {
            listener.part(new ModelPart.ToolCall("call-1", name.substring("fake/".length()), "{}"));
            return end(FinishReason.TOOL_CALLS);
          }
          listener.part(new ModelPart.Text("answered"));
        }
        case "fake/flood" -> flood(listener);
        default -> throw new IllegalStateException("no model " + name);
      }
      return end(FinishReason.STOP);
    }

    private void flood(PartListener listener) throws InterruptedException {
      listener.part(new ModelPart.ThinkingStart("t1"));
      for (int i = 0; i < FLOOD_DELTAS; i++) {
        further.acquire();
        listener.part(new ModelPart.Thinking("t1", FLOOD_DELTA));
      }
      listener.part(new ModelPart.ThinkingEnd("t1", Json.object()));
      listener.part(new ModelPart.Text("done"));
    }

    private static TurnEnd end(FinishReason reason) {
      return new TurnEnd(reason, new Usage(3, 2), Optional.empty());
    }
  }
}
