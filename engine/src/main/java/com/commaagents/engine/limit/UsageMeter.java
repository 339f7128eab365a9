package com.commaagents.engine.limit;

import com.commaagents.engine.resume.Recording;
import com.commaagents.engine.resume.Spent.RoundTrip;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.engine.model.TurnEnd;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;

/// Sums what a run spends and does, and holds it to its limits: every round-trip and every call of
/// every agent, observers, compaction summaries and launched strategies.
///
/// A limit that is reached ends the run as a stop does: the listener is told first, which ends it,
/// then the thread is sent home with an [InterruptedException]. So nothing on its way, neither a
/// tool call nor a step, can take it for a failure of its own.
///
/// Thread-safe: one private lock, never held while calling out.
public final class UsageMeter {
  private final RunLimits limits;
  private final LimitListener listener;
  private Usage total = Usage.NONE;
  private BigDecimal cost = BigDecimal.ZERO;
  private boolean everyCostIsKnown = true;
  private long agentCalls;
  private long toolCalls;

  public UsageMeter(RunLimits limits, LimitListener listener) {
    this.limits = limits;
    this.listener = listener;
  }

  /// One that bounds nothing.
  public static UsageMeter unlimited() {
    return new UsageMeter(RunLimits.NONE, _ -> {});
  }

  /// Refuses a model whose price is needed and not known.
  ///
  /// @throws Fault `INVALID_INPUT`, which names agent and model
  public void requirePrice(String agentName, ModelInfo model) {
    if (limits.maxCostUsd().isPresent() && model.price().isEmpty()) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "limits.maxCostUsd: the price of the model \""
              + model.name()
              + "\" of agent \""
              + agentName
              + "\" is not known, so its cost cannot be limited. Limit the run with maxTokens"
              + " instead.");
    }
  }

  /// Takes over what an interrupted segment had come to.
  ///
  /// @param prices of the models that its round-trips were made with; empty where nobody knows
  public synchronized void takeOver(
      Recording before, Function<RoundTrip, Optional<ModelPrice>> prices) {
    total = total.plus(before.spent().usage());
    for (RoundTrip roundTrip : before.spent().roundTrips()) {
      Optional<ModelPrice> price = prices.apply(roundTrip);
      cost = cost.add(price.map(known -> known.of(roundTrip.end())).orElse(BigDecimal.ZERO));
      everyCostIsKnown &= price.isPresent();
    }
    agentCalls += before.agentCalls();
    toolCalls += before.toolCalls();
    everyCostIsKnown &= before.spent().traced();
  }

  /// Adds what a round-trip has spent.
  ///
  /// @throws InterruptedException when a limit is passed by it; the listener has been told
  public void add(TurnEnd end, ModelInfo model) throws InterruptedException {
    Optional<String> passed;
    synchronized (this) {
      total = total.plus(end.usage());
      cost = cost.add(model.price().map(price -> price.of(end)).orElse(BigDecimal.ZERO));
      everyCostIsKnown &= model.price().isPresent();
      passed = passed();
    }
    endWhere(passed);
  }

  /// Adds what an agent of an added type has spent by itself.
  ///
  /// @param costUsd empty where nobody knows
  /// @throws Fault `INVALID_INPUT` where the cost is limited and nobody knows it
  /// @throws InterruptedException when a limit is passed by it; the listener has been told
  public void add(String agentName, Usage spent, Optional<BigDecimal> costUsd)
      throws InterruptedException {
    if (costUsd.isEmpty() && spent.total() > 0 && limits.maxCostUsd().isPresent()) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "limits.maxCostUsd: agent \""
              + agentName
              + "\" does not say what it has spent, so its cost cannot be limited. Limit the run"
              + " with maxTokens instead.");
    }
    Optional<String> passed;
    synchronized (this) {
      total = total.plus(spent);
      cost = cost.add(costUsd.orElse(BigDecimal.ZERO));
      everyCostIsKnown &= costUsd.isPresent() || spent.total() == 0;
      passed = passed();
    }
    endWhere(passed);
  }

  /// An agent is about to be called.
  ///
  /// @throws InterruptedException when that is one call too many; the listener has been told
  public void agentCall() throws InterruptedException {
    boolean allowed;
    synchronized (this) {
      allowed = agentCalls < limits.maxAgentCalls().orElse(Long.MAX_VALUE);
      agentCalls += allowed ? 1 : 0;
    }
    endWhere(
        allowed
            ? Optional.empty()
            : Optional.of(LimitMessages.agentCalls(limits.maxAgentCalls().orElseThrow())));
  }

  /// Tools are about to be called at once; where not all of them are allowed, none is made.
  ///
  /// @throws InterruptedException when those are too many; the listener has been told
  public void toolCalls(int asked) throws InterruptedException {
    Optional<String> passed = Optional.empty();
    synchronized (this) {
      long limit = limits.maxToolCalls().orElse(Long.MAX_VALUE);
      if (asked <= limit - toolCalls) {
        toolCalls += asked;
      } else {
        passed = Optional.of(LimitMessages.toolCalls(limit, toolCalls, asked));
      }
    }
    endWhere(passed);
  }

  /// The tokens so far.
  public synchronized Usage total() {
    return total;
  }

  /// The US dollars so far, of the models whose price is known.
  public synchronized BigDecimal costUsd() {
    return cost;
  }

  /// The US dollars so far; empty where there is a part of them that nobody knows, or nothing to
  /// pay.
  public synchronized Optional<BigDecimal> wholeCostUsd() {
    return everyCostIsKnown && cost.signum() > 0 ? Optional.of(cost) : Optional.empty();
  }

  private Optional<String> passed() {
    long maxTokens = limits.maxTokens().orElse(Long.MAX_VALUE);
    if (total.total() > maxTokens) {
      return Optional.of(LimitMessages.tokens(maxTokens, total.total()));
    }
    return limits
        .maxCostUsd()
        .filter(limit -> cost.compareTo(limit) > 0)
        .map(limit -> LimitMessages.cost(limit, cost));
  }

  private void endWhere(Optional<String> passed) throws InterruptedException {
    if (passed.isPresent()) {
      listener.reached(passed.get());
      throw new InterruptedException(passed.get());
    }
  }
}
