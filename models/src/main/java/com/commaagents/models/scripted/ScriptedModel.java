package com.commaagents.models.scripted;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A model that answers from a script. Thread-safe.
public final class ScriptedModel implements Model {
  private static final String THINKING_ID = "thinking-0";

  private final ModelInfo info;
  private final Path file;
  private final Script script;
  private final Clock clock;

  ScriptedModel(ModelInfo info, Path file, Script script, Clock clock) {
    this.info = info;
    this.file = file;
    this.script = script;
    this.clock = clock;
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public TurnEnd generate(ModelRequest request, PartListener listener)
      throws ModelFailure, InterruptedException {
    int index = answersSoFar(request);
    Turn turn = turn(request.agentName(), index);
    Blanks blanks = Blanks.of(request);
    pause(turn.before());
    think(turn, blanks, listener);
    for (String piece : turn.text()) {
      pause(turn.delay());
      listener.part(new ModelPart.Text(blanks.fill(piece)));
    }
    if (turn.failure().isPresent()) {
      throw failure(turn.failure().get());
    }
    for (int i = 0; i < turn.tools().size(); i++) {
      Turn.Call call = turn.tools().get(i);
      pause(turn.delay());
      String id = "call_" + index + "_" + i;
      listener.part(new ModelPart.ToolCall(id, call.tool(), blanks.fillJson(call.arguments())));
    }
    return end(turn, request, blanks);
  }

  private static int answersSoFar(ModelRequest request) {
    int count = 0;
    for (Message message : request.messages()) {
      if (message instanceof Message.Assistant) {
        count++;
      }
    }
    return count;
  }

  private Turn turn(String agent, int index) throws ModelFailure {
    Optional<List<Turn>> turns = script.turns(agent);
    if (turns.isEmpty()) {
      throw wrong("it has no turns for the agent " + agent + "; add it, or \"*\" for every agent");
    }
    if (index < turns.get().size()) {
      return turns.get().get(index);
    }
    return turns.get().reversed().stream()
        .filter(Turn::isFinal)
        .findFirst()
        .orElseThrow(() ->
            wrong(
                "the agent "
                    + agent
                    + " asks for turn "
                    + (index + 1)
                    + ", there are "
                    + turns.get().size()
                    + " and none without tool calls that could be repeated; add one"));
  }

  private ModelFailure wrong(String what) {
    return new ModelFailure(
        "the script " + file + " does not fit: " + what,
        OptionalInt.empty(),
        false,
        Optional.empty());
  }

  private void think(Turn turn, Blanks blanks, PartListener listener) throws InterruptedException {
    if (turn.thinking().isEmpty()) {
      return;
    }
    listener.part(new ModelPart.ThinkingStart(THINKING_ID));
    for (String piece : turn.thinking()) {
      pause(turn.delay());
      listener.part(new ModelPart.Thinking(THINKING_ID, blanks.fill(piece)));
    }
    listener.part(new ModelPart.ThinkingEnd(THINKING_ID, Json.object()));
  }

  private void pause(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (duration.isPositive()) {
      clock.sleep(duration);
    }
  }

  private static ModelFailure failure(Turn.Failure failure) {
    return switch (failure) {
      case Turn.Failure.Cut() ->
          new ModelFailure(
              "scripted broke its answer off: the connection was closed before its end",
              OptionalInt.empty(),
              true,
              Optional.empty());
      case Turn.Failure.Refused(var message, var status, var retryable, var retryAfter) ->
          new ModelFailure(
              "scripted"
                  + (status.isPresent() ? " answered " + status.getAsInt() : " failed")
                  + ": "
                  + message,
              status,
              retryable,
              retryAfter);
    };
  }

  private static TurnEnd end(Turn turn, ModelRequest request, Blanks blanks) {
    FinishReason reason =
        turn.finish().orElse(turn.tools().isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS);
    return switch (turn.tokens()) {
      case Turn.Tokens.None() -> new TurnEnd(reason, Usage.NONE, Optional.empty());
      case Turn.Tokens.Counted() -> {
        Turn.Tokens.Given counted = WordCount.of(request, turn, blanks);
        yield end(reason, counted);
      }
      case Turn.Tokens.Given given -> end(reason, given);
    };
  }

  private static TurnEnd end(FinishReason reason, Turn.Tokens.Given tokens) {
    ContextUsage usage =
        ContextUsage.reported(
            tokens.input(),
            tokens.output(),
            tokens.cacheRead(),
            tokens.cacheWrite(),
            tokens.reasoning());
    return new TurnEnd(reason, new Usage(tokens.input(), tokens.output()), Optional.of(usage));
  }
}
