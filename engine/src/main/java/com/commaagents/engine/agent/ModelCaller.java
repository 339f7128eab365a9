package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.Spent;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.limit.UsageMeter;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes one round-trip with a model, again where that may help, and meters what it spent.
///
/// A failure is tried again when it may be, nothing of the answer has arrived yet and tries are
/// left: `maxRetries` of the agent, [#DEFAULT_RETRIES] when it says nothing. The waits are
/// [#FIRST_WAIT], doubled each time up to [#MAX_WAIT], and up to a quarter more by chance, so that
/// parallel agents do not come back all at once. What the provider asks to wait is waited instead;
/// when that is more than [#MAX_RETRY_AFTER], the call fails at once.
final class ModelCaller {
  static final int DEFAULT_RETRIES = 2;
  static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  static final Duration MAX_WAIT = Duration.ofSeconds(60);
  static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(10);

  private static final double JITTER = 0.25;

  private final Clock clock;
  private final RandomGenerator random;
  private final UsageMeter meter;

  ModelCaller(Clock clock, RandomGenerator random, UsageMeter meter) {
    this.clock = clock;
    this.random = random;
    this.meter = meter;
  }

  /// A round-trip whose parts somebody sees as they come: once the first has been handed over,
  /// there is no further try.
  ///
  /// @throws Fault `UPSTREAM` when the last try failed
  Turn streamed(Model model, ModelRequest request, Model.PartListener listener)
      throws InterruptedException {
    return call(model, request, Optional.of(listener));
  }

  /// A round-trip that nobody sees.
  ///
  /// @throws Fault `UPSTREAM` when the last try failed
  Turn silent(Model model, ModelRequest request) throws InterruptedException {
    return call(model, request, Optional.empty());
  }

  private Turn call(Model model, ModelRequest request, Optional<Model.PartListener> listener)
      throws InterruptedException {
    int retries = request.options().maxRetries().orElse(DEFAULT_RETRIES);
    for (int failed = 0; ; failed++) {
      Attempt attempt = new Attempt(listener);
      try {
        TurnEnd end = model.generate(request, attempt);
        Spent spent = model.info().spent(end);
        meter.add(request.agentName(), spent);
        return attempt.answer.build(end, spent);
      } catch (ModelFailure failure) {
        Optional<Duration> wait =
            attempt.seen || failed >= retries ? Optional.empty() : wait(failure, failed);
        if (wait.isEmpty()) {
          throw new Fault(FaultCode.UPSTREAM, message(failure, failed), failure);
        }
        clock.sleep(wait.get());
      }
    }
  }

  private Optional<Duration> wait(ModelFailure failure, int failed) {
    if (!failure.retryable()) {
      return Optional.empty();
    }
    if (failure.retryAfter().isPresent()) {
      return failure.retryAfter().filter(asked -> asked.compareTo(MAX_RETRY_AFTER) <= 0);
    }
    long millis =
        Math.min(MAX_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(failed, Integer.SIZE));
    return Optional.of(Duration.ofMillis((long) (millis * (1 + JITTER * random.nextDouble()))));
  }

  private static String message(ModelFailure failure, int failed) {
    String tries = failed == 0 ? "" : " (tried " + (failed + 1) + " times)";
    String asked =
        failure
            .retryAfter()
            .filter(wait -> failure.retryable() && wait.compareTo(MAX_RETRY_AFTER) > 0)
            .map(wait -> "; the provider asks to wait " + wait.toSeconds() + " s")
            .orElse("");
    return failure.message() + asked + tries;
  }

  private static final class Attempt implements Model.PartListener {
    final TurnBuilder answer = new TurnBuilder();
    boolean seen;
    private final Optional<Model.PartListener> listener;

    Attempt(Optional<Model.PartListener> listener) {
      this.listener = listener;
    }

    @Override
    public void part(ModelPart part) throws InterruptedException {
      if (part instanceof ModelPart.Text(var text) && text.isEmpty()) {
        return;
      }
      answer.add(part);
      if (listener.isPresent()) {
        seen = true;
        listener.get().part(part);
      }
    }
  }
}
