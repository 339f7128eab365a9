package com.commaagents.engine.limit;

import com.commaagents.engine.resume.Recording;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.conversation.Spent;
import com.commaagents.engine.model.ModelInfo;
import java.util.Optional;

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
  private Spent spent = Spent.NOTHING;
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
  public synchronized void takeOver(Recording before) {
    spent = spent.plus(before.spent());
    agentCalls += before.agentCalls();
    toolCalls += before.toolCalls();
  }

  /// Adds what a round-trip has spent, or an agent in a way of its own.
  ///
  /// @throws Fault `INVALID_INPUT` where the cost is limited and nobody knows it
  /// @throws InterruptedException when a limit is passed by it; the listener has been told
  public void add(String agentName, Spent further) throws InterruptedException {
    if (!further.costKnown() && limits.maxCostUsd().isPresent()) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "limits.maxCostUsd: agent \""
              + agentName
              + "\" does not say what it has spent, so its cost cannot be limited. Limit the run"
              + " with maxTokens instead.");
    }
    Optional<String> passed;
    synchronized (this) {
      spent = spent.plus(further);
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

  /// All that was spent so far.
  public synchronized Spent spent() {
    return spent;
  }

  private Optional<String> passed() {
    long maxTokens = limits.maxTokens().orElse(Long.MAX_VALUE);
    if (spent.usage().total() > maxTokens) {
      return Optional.of(LimitMessages.tokens(maxTokens, spent.usage().total()));
    }
    return limits
        .maxCostUsd()
        .filter(limit -> spent.costUsd().compareTo(limit) > 0)
        .map(limit -> LimitMessages.cost(limit, spent.costUsd()));
  }

  private void endWhere(Optional<String> passed) throws InterruptedException {
    if (passed.isPresent()) {
      listener.reached(passed.get());
      throw new InterruptedException(passed.get());
    }
  }
}
