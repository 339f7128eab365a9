package com.commaagents.runs.fakes;

import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
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
import java.util.concurrent.TimeUnit;

/// Models by name: `fake/echo` repeats the last message, `fake/hang` says "so far" and then nothing
/// until it is interrupted, `fake/slow` says 500 small pieces, `fake/fail` refuses, `fake/count`
/// says how many messages it was sent, `fake/chatter` repeats the last message word by word, many
/// times, `fake/forever` never ends.
public final class FakeModels implements ModelRegistry {
  private static final int CHATTER = 40;

  // Never opened: what waits for it a little speaks as slowly as a model does.
  private final CountDownLatch pace = new CountDownLatch(1);

  /// Opened when a hanging model has been interrupted.
  public final CountDownLatch interrupted = new CountDownLatch(1);

  @Override
  public Model model(String name, ModelScope scope) {
    return new FakeModel(name);
  }

  @Override
  public ModelInfo info(String name) {
    return new ModelInfo(name, OptionalLong.empty(), OptionalLong.empty());
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
      switch (name) {
        case "fake/echo" ->
            listener.part(new ModelPart.Text(request.messages().getLast().content().text() + "!"));
        case "fake/chatter" -> {
          String text = request.messages().getLast().content().text();
          for (int i = 0; i < CHATTER; i++) {
            listener.part(new ModelPart.Text(text));
          }
        }
        case "fake/forever" -> {
          while (true) {
            listener.part(new ModelPart.Text("on and on "));
            pace.await(1, TimeUnit.MILLISECONDS);
          }
        }
        case "fake/count" -> listener.part(new ModelPart.Text("seen " + request.messages().size()));
        case "fake/hang" -> {
          listener.part(new ModelPart.Text("so far"));
          try {
            new CountDownLatch(1).await();
          } finally {
            interrupted.countDown();
          }
        }
        case "fake/slow" -> {
          for (int i = 0; i < 500; i++) {
            listener.part(new ModelPart.Text(i + " "));
            Thread.yield();
          }
        }
        case "fake/fail" ->
            throw new ModelFailure(
                "fake: 400 no such thing", OptionalInt.of(400), false, Optional.empty());
        default -> throw new IllegalStateException("no model " + name);
      }
      return new TurnEnd(
          FinishReason.STOP,
          new Usage(3, 2),
          Optional.of(
              ContextUsage.reported(
                  3, 2, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty())));
    }
  }
}
