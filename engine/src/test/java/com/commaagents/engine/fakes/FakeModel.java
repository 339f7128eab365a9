package com.commaagents.engine.fakes;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A model that answers as it was told, in order; afterwards it says what it sees.
public final class FakeModel implements Model {
  /// What a round-trip costs: ten tokens in, one out.
  public static final Usage COST = new Usage(10, 1);

  private final String name;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<ModelRequest> requests = new ArrayList<>();
  private final AtomicInteger hanging = new AtomicInteger();
  private OptionalLong contextWindow = OptionalLong.empty();
  private OptionalLong maxInputTokens = OptionalLong.empty();
  private Usage cost = COST;
  private Optional<ModelPrice> price = Optional.empty();

  FakeModel(String name) {
    this.name = name;
  }

  /// How one round-trip goes.
  @FunctionalInterface
  public interface Answer {
    FinishReason play(PartListener listener) throws ModelFailure, InterruptedException;
  }

  public synchronized FakeModel then(Answer answer) {
    answers.add(answer);
    return this;
  }

  /// Streams texts, one delta each.
  public FakeModel says(String... deltas) {
    return streams(
        FinishReason.STOP,
        Arrays.stream(deltas).map(ModelPart.Text::new).toArray(ModelPart[]::new));
  }

  public FakeModel calls(ModelPart.ToolCall... calls) {
    return streams(FinishReason.TOOL_CALLS, calls);
  }

  public FakeModel streams(FinishReason finish, ModelPart... parts) {
    return then(listener -> {
      for (ModelPart part : parts) {
        listener.part(part);
      }
      return finish;
    });
  }

  public FakeModel fails(int status, boolean retryable) {
    return fails(status, retryable, Optional.empty());
  }

  public FakeModel fails(int status, boolean retryable, Optional<Duration> retryAfter) {
    return then(_ -> {
      throw failure(status, retryable, retryAfter);
    });
  }

  public static ModelFailure failure(int status, boolean retryable, Optional<Duration> retryAfter) {
    return new ModelFailure(
        "acme answered " + status, OptionalInt.of(status), retryable, retryAfter);
  }

  /// Streams a text and then nothing, until it is interrupted.
  public FakeModel hangs() {
    return then(listener -> {
      listener.part(new ModelPart.Text("so far"));
      hanging.incrementAndGet();
      try {
        new CountDownLatch(1).await();
        throw new AssertionError();
      } finally {
        hanging.decrementAndGet();
      }
    });
  }

  public FakeModel window(long contextTokens) {
    contextWindow = OptionalLong.of(contextTokens);
    return this;
  }

  public FakeModel maxInput(long tokens) {
    maxInputTokens = OptionalLong.of(tokens);
    return this;
  }

  public FakeModel costs(Usage usage) {
    cost = usage;
    return this;
  }

  public FakeModel price(ModelPrice known) {
    price = Optional.of(known);
    return this;
  }

  public boolean isHanging() {
    return hanging.get() > 0;
  }

  public synchronized List<ModelRequest> requests() {
    return List.copyOf(requests);
  }

  /// The roles of what it was sent the `index`th time: `s`ystem, `u`ser, `a`ssistant, `t`ool.
  public String roles(int index) {
    return roles(requests().get(index));
  }

  private static String roles(ModelRequest request) {
    StringBuilder roles = new StringBuilder(request.system().isPresent() ? "s" : "");
    for (Message message : request.messages()) {
      roles.append(
          switch (message) {
            case Message.User _ -> 'u';
            case Message.Assistant _ -> 'a';
            case Message.Tool _ -> 't';
          });
    }
    return roles.toString();
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(name, contextWindow, maxInputTokens, price);
  }

  @Override
  public TurnEnd generate(ModelRequest request, PartListener listener)
      throws ModelFailure, InterruptedException {
    Answer answer;
    synchronized (this) {
      requests.add(request);
      answer = answers.isEmpty() ? sees(request) : answers.remove();
    }
    FinishReason finish = answer.play(listener);
    return new TurnEnd(finish, cost, Optional.of(context(cost)));
  }

  private static Answer sees(ModelRequest request) {
    return listener -> {
      listener.part(new ModelPart.Text("seen:" + roles(request)));
      return FinishReason.STOP;
    };
  }

  public static ContextUsage context(Usage usage) {
    return ContextUsage.reported(
        usage.promptTokens(),
        usage.completionTokens(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /// A tool call whose arguments are an object with one field.
  public static ModelPart.ToolCall call(String id, String tool, String field, String value) {
    return new ModelPart.ToolCall(id, tool, Json.write(Json.object().put(field, value)));
  }
}
