package com.commaagents.engine.flow;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.agent.StepInput;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.plugin.FlowType;
import com.commaagents.strategy.definition.FlowDefinition.Custom;
import com.commaagents.strategy.definition.FlowDefinition.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The steps of one run of a flow whose type the program added. Used by one thread.
final class CustomSteps {
  private static final Logger LOG = LoggerFactory.getLogger(CustomSteps.class);

  private final List<Step> steps;
  private final Runner runner;
  private final Thread owner = Thread.currentThread();
  private Usage usage = Usage.NONE;
  private boolean fresh;
  private boolean interrupted;

  /// Runs a step.
  @FunctionalInterface
  interface Runner {
    /// @param run how often this step was run, from 1
    CallResult run(Step step, int index, long run, StepInput message) throws InterruptedException;
  }

  CustomSteps(List<Step> steps, Runner runner) {
    this.steps = steps;
    this.runner = runner;
  }

  /// The flow's text.
  ///
  /// @throws Fault when the type throws, or a step fails
  String run(FlowType type, Custom flow, StepInput input) throws InterruptedException {
    fresh = input.fresh();
    List<FlowType.Step> callable = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      callable.add(new Callable(steps.get(i), i));
    }
    try {
      String text =
          Objects.requireNonNull(
              type.run(new FlowType.Call(flow.config(), input.text(), callable)),
              "it gave back no text");
      requireGoingOn();
      return text;
    } catch (Fault step) {
      requireGoingOn();
      throw step;
    } catch (RuntimeException | LinkageError | StackOverflowError thrown) {
      requireGoingOn();
      LOG.warn("flow {} of type {} threw", flow.name(), flow.type(), thrown);
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "Flow \""
              + flow.name()
              + "\" failed: its type "
              + flow.type()
              + " threw: "
              + thrown.getMessage(),
          thrown);
    }
  }

  // The border to code of others, which may have swallowed the interruption.
  private void requireGoingOn() throws InterruptedException {
    if (interrupted || Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
  }

  /// What the steps have spent.
  Usage usage() {
    return usage;
  }

  private final class Callable implements FlowType.Step {
    private final Step step;
    private final int index;
    private long runs;

    Callable(Step step, int index) {
      this.step = step;
      this.index = index;
    }

    @Override
    public String name() {
      return switch (step) {
        case Step.Agent(var agent, _) -> agent;
        case Step.Flow(var nested) -> nested.name();
      };
    }

    @Override
    public String run(String message) throws InterruptedException {
      if (!Thread.currentThread().equals(owner)) {
        throw new IllegalStateException("steps are run by the thread that runs the flow");
      }
      requireGoingOn();
      StepInput input = fresh ? StepInput.ofSegment(message) : StepInput.produced(message);
      CallResult result = ran(input);
      fresh = false;
      usage = usage.plus(result.usage());
      return result.text();
    }

    private CallResult ran(StepInput input) throws InterruptedException {
      try {
        return runner.run(step, index, ++runs, input);
      } catch (InterruptedException stopped) {
        interrupted = true;
        throw stopped;
      }
    }
  }
}
