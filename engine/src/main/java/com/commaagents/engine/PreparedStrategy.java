package com.commaagents.engine;

import com.commaagents.engine.conversation.Spent;
import com.commaagents.engine.resume.Recording;
import com.commaagents.base.fault.Fault;
import com.commaagents.engine.agent.Agent;
import com.commaagents.engine.agent.StepInput;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.engine.flow.FlowRunner;
import com.commaagents.engine.hook.HookChain;
import com.commaagents.engine.plugin.FlowType;
import com.commaagents.strategy.definition.FlowDefinition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// A strategy that is ready for one execution. Restored and executed by one thread.
public final class PreparedStrategy {
  private final FlowDefinition flow;
  private final Map<String, Agent> agents;
  private final EngineOptions options;
  private final HookChain hooks;
  private final Map<String, FlowType> flowTypes;
  private final AtomicBoolean executed = new AtomicBoolean();

  PreparedStrategy(
      FlowDefinition flow,
      Map<String, Agent> agents,
      EngineOptions options,
      HookChain hooks,
      Map<String, FlowType> flowTypes) {
    this.flow = flow;
    this.agents = Map.copyOf(agents);
    this.options = options;
    this.hooks = hooks;
    this.flowTypes = flowTypes;
  }

  /// Gives each agent its own records back, in order; records of agents that the strategy no longer
  /// has are passed over. Before [#execute], at most once.
  public void restore(List<StoredRecord> records) {
    Map<String, List<StoredRecord>> byAgent =
        records.stream().collect(Collectors.groupingBy(StoredRecord::agentName));
    byAgent.forEach((name, own) -> {
      Agent agent = agents.get(name);
      if (agent != null) {
        agent.restore(own);
      }
    });
  }

  /// As below, of a segment that begins.
  public CallResult execute(String input) throws InterruptedException {
    return execute(input, Recording.NONE);
  }

  /// Runs the flow on the calling thread until it is done, once.
  ///
  /// @param input the segment's input; may be empty
  /// @param before what an interrupted segment with that input has done already
  /// @return the final text, with all that was spent as its usage: observers and summaries too
  /// @throws Fault when a step failed; it names the step. What was spent is in the meter
  /// @throws InterruptedException when the run was stopped; nothing of it is left running
  public CallResult execute(String input, Recording before) throws InterruptedException {
    if (executed.getAndSet(true)) {
      throw new IllegalStateException("executed before");
    }
    options.meter().takeOver(before);
    CallResult result =
        new FlowRunner(agents, options.journal(), hooks, flowTypes, before)
            .run(flow, StepInput.ofSegment(input));
    Spent spent = options.meter().spent();
    return new CallResult(
        result.text(),
        spent.usage(),
        result.contextUsage(),
        result.finishReason(),
        spent.wholeCostUsd().filter(cost -> cost.signum() > 0));
  }
}
