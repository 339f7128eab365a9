package com.commaagents.runs.simulation;

import com.commaagents.base.id.RunId;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// One model that does whatever models do, by chance: it says little or much, slowly or at once,
/// thinks, calls tools, fails for a while or for good, or says nothing any more.
final class SimulatedModels implements ModelRegistry {
  static final String NAME = "simulated/any";

  private static final String EXECUTION = "execute-";
  private static final int MOST_TOOL_ROUNDS = 2;
  private static final List<String> ARGUMENTS =
      List.of("{}", "{\"name\":\"child\",\"input\":\"do it\"}", "no json");

  private final Life life;
  private final Set<Thread> segments = new HashSet<>();
  private final Map<RunId, Integer> begunSegments = new HashMap<>();
  private int busy;
  private int calls;

  SimulatedModels(Life life) {
    this.life = life;
  }

  /// How many round-trips are under way.
  int busy() {
    return busy;
  }

  @Override
  public Model model(String name, ModelScope scope) {
    return new AnyModel(info(name));
  }

  @Override
  public ModelInfo info(String name) {
    return new ModelInfo(name, OptionalLong.empty(), OptionalLong.empty());
  }

  private final class AnyModel implements Model {
    private final ModelInfo info;

    AnyModel(ModelInfo info) {
      this.info = info;
    }

    @Override
    public ModelInfo info() {
      return info;
    }

    @Override
    public TurnEnd generate(ModelRequest request, PartListener listener)
        throws ModelFailure, InterruptedException {
      busy++;
      try {
        isAllowedToBegin();
        return answer(request, listener);
      } catch (InterruptedException stopped) {
        life.referee().count("model interrupted");
        throw stopped;
      } finally {
        busy--;
      }
    }
  }

  // Each segment has a thread of its own.
  private void isAllowedToBegin() {
    Thread thread = Thread.currentThread();
    if (thread.getName().startsWith(EXECUTION) && !life.isDead() && segments.add(thread)) {
      RunId run = new RunId(thread.getName().substring(EXECUTION.length()));
      int begun = begunSegments.merge(run, 1, Integer::sum);
      life.referee()
          .require(
              life.disk().starts(run) >= begun,
              () -> run + ": an agent is called before the start");
    }
  }

  private TurnEnd answer(ModelRequest request, Model.PartListener listener)
      throws ModelFailure, InterruptedException {
    Chance chance = life.chance();
    chance.pause();
    failSometimes(chance);
    if (chance.oneIn(4)) {
      listener.part(new ModelPart.ThinkingStart("t"));
      listener.part(new ModelPart.Thinking("t", "hm " + calls));
      chance.pause();
      listener.part(new ModelPart.ThinkingEnd("t", Json.object()));
    }
    for (int left = chance.below(5); left > 0; left--) {
      listener.part(new ModelPart.Text("word" + calls++ + " "));
      chance.pause();
      if (chance.oneIn(12)) {
        life.clock().sleep(Duration.ofMillis(1 + chance.below(3_000)));
      }
    }
    failSometimes(chance);
    boolean callsTools =
        !request.tools().isEmpty() && toolRounds(request) < MOST_TOOL_ROUNDS && chance.oneIn(2);
    for (int left = callsTools ? 1 + chance.below(2) : 0; left > 0; left--) {
      listener.part(
          new ModelPart.ToolCall(
              "call-" + calls++, chance.of(request.tools()).name(), chance.of(ARGUMENTS)));
    }
    return new TurnEnd(
        callsTools ? FinishReason.TOOL_CALLS : FinishReason.STOP,
        new Usage(3, 2),
        Optional.empty());
  }

  private void failSometimes(Chance chance) throws ModelFailure, InterruptedException {
    if (chance.oneIn(25)) {
      life.referee().count("model hangs");
      new CountDownLatch(1).await();
    }
    if (chance.oneIn(25)) {
      boolean retryable = chance.oneIn(2);
      life.referee().count(retryable ? "model fails for now" : "model fails");
      throw new ModelFailure("simulated: 503", OptionalInt.of(503), retryable, Optional.empty());
    }
  }

  private static long toolRounds(ModelRequest request) {
    long rounds = 0;
    for (Message message : request.messages().reversed()) {
      if (message instanceof Message.User) {
        break;
      }
      rounds += message instanceof Message.Tool ? 1 : 0;
    }
    return rounds;
  }
}
