package com.commaagents.engine.flow;

import com.commaagents.engine.resume.Recording;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.task.TaskScope;
import com.commaagents.engine.agent.Agent;
import com.commaagents.engine.agent.StepInput;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.hook.HookChain;
import com.commaagents.engine.plugin.FlowType;
import com.commaagents.engine.hook.Hooks.FlowPlace;
import com.commaagents.strategy.definition.FlowDefinition;
import com.commaagents.strategy.definition.FlowDefinition.Broadcast;
import com.commaagents.strategy.definition.FlowDefinition.Custom;
import com.commaagents.strategy.definition.FlowDefinition.Cycle;
import com.commaagents.strategy.definition.FlowDefinition.Sequential;
import com.commaagents.strategy.definition.FlowDefinition.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// Walks a flow tree and calls its agents.
///
/// Every step has a path: its place in its flow, from 0, after that of the flow. `1/cycle[2]/0` is
/// the first step in the second cycle of the flow that is the second step of the root flow; the
/// observer of that cycle is `1/cycle[2]/observer`.
///
/// Limits: [#MAX_BRANCHES] steps of a broadcast; a flow with more fails. Nesting is bounded by the
/// depth of the file. A cycle without end ends by its observer, a failure or an interruption.
public final class FlowRunner {
  public static final int MAX_BRANCHES = 1_000;

  private final Map<String, Agent> agents;
  private final Journal journal;
  private final HookChain hooks;
  private final Map<String, FlowType> types;
  private final Recording before;

  /// @param agents every agent the flow names
  /// @param before what an interrupted segment has done already: a step that was completed gives
  ///   its result and nothing is told of it; every other one is told anew and goes on where it was
  public FlowRunner(
      Map<String, Agent> agents,
      Journal journal,
      HookChain hooks,
      Map<String, FlowType> types,
      Recording before) {
    this.agents = Map.copyOf(agents);
    this.journal = journal;
    this.hooks = hooks;
    this.types = types;
    this.before = before;
  }

  /// Runs a root flow. The result's usage is that of the calls' results.
  ///
  /// @throws Fault the first failure of a step, which names the step
  public CallResult run(FlowDefinition flow, StepInput input) throws InterruptedException {
    return run(flow, input, new Place("", Lane.root()));
  }

  private CallResult run(FlowDefinition flow, StepInput input, Place place)
      throws InterruptedException {
    FlowPlace at = new FlowPlace(flow.name(), place.prefix());
    String message = hooks.alter(input.text(), (one, text) -> one.alterMessageBeforeFlow(at, text));
    hooks.tell(one -> one.beforeFlow(at, message));
    CallResult result = walk(flow, new StepInput(message, input.fresh()), place);
    hooks.tell(one -> one.afterFlow(at, result));
    return withText(
        result, hooks.alter(result.text(), (one, text) -> one.alterMessageAfterFlow(at, text)));
  }

  private static CallResult withText(CallResult result, String text) {
    return new CallResult(text, result.usage(), result.contextUsage(), result.finishReason());
  }

  private CallResult walk(FlowDefinition flow, StepInput input, Place place)
      throws InterruptedException {
    return switch (flow) {
      case Sequential(var name, _, var steps) -> sequence(name, steps, input, place);
      case Cycle cycle -> cycle(cycle, input, place);
      case Broadcast broadcast -> broadcast(broadcast, input, place);
      case Custom custom -> custom(custom, input, place);
    };
  }

  private CallResult sequence(String flowName, List<Step> steps, StepInput input, Place place)
      throws InterruptedException {
    Usage usage = Usage.NONE;
    StepInput current = input;
    for (int i = 0; i < steps.size(); i++) {
      CallResult result = step(steps.get(i), flowName, i, current, place);
      usage = usage.plus(result.usage());
      current = StepInput.produced(result.text());
    }
    return result(current.text(), usage);
  }

  private CallResult cycle(Cycle cycle, StepInput input, Place place) throws InterruptedException {
    OptionalLong last =
        cycle.cycles().isPresent()
            ? OptionalLong.of(cycle.cycles().getAsInt())
            : OptionalLong.empty();
    Usage usage = Usage.NONE;
    StepInput current = input;
    for (long round = 1; round <= last.orElse(Long.MAX_VALUE); round++) {
      checkNotCancelled();
      Place inRound = place.in("cycle[" + round + "]/");
      CallResult result = round(cycle, round, current, inRound, place);
      usage = usage.plus(result.usage());
      current = StepInput.produced(result.text());
      if (cycle.observer().isPresent()) {
        CallResult verdict = observe(cycle.observer().get(), current, inRound);
        usage = usage.plus(verdict.usage());
        if (BreakSignals.match(cycle.breakSignalMatch(), cycle.breakSignals(), verdict.text())) {
          return result(result.text(), usage);
        }
        current = StepInput.produced(verdict.text());
      }
    }
    return result(current.text(), usage);
  }

  private CallResult round(Cycle cycle, long round, StepInput input, Place inRound, Place place)
      throws InterruptedException {
    FlowPlace at = new FlowPlace(cycle.name(), place.prefix());
    String message =
        hooks.alter(input.text(), (one, text) -> one.alterMessageBeforeCycle(at, round, text));
    CallResult result =
        sequence(cycle.name(), cycle.steps(), new StepInput(message, input.fresh()), inRound);
    return withText(
        result,
        hooks.alter(result.text(), (one, text) -> one.alterMessageAfterCycle(at, round, text)));
  }

  private CallResult observe(String observer, StepInput input, Place place)
      throws InterruptedException {
    place.lane().await(observer);
    String path = place.path("observer");
    try {
      return agent(observer).call(input, path, before.call(path));
    } catch (Fault fault) {
      throw failed("Observer", observer, fault);
    }
  }

  private CallResult broadcast(Broadcast broadcast, StepInput input, Place place)
      throws InterruptedException {
    List<Step> steps = broadcast.steps();
    if (steps.size() > MAX_BRANCHES) {
      throw new Fault(
          FaultCode.LIMIT_EXCEEDED,
          "Broadcast \"%s\" has %d steps; at most %d run in parallel"
              .formatted(broadcast.name(), steps.size(), MAX_BRANCHES));
    }
    List<Lane> lanes = place.lane().split(steps.stream().map(Callees::of).toList());
    List<Callable<CallResult>> branches = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      int index = i;
      Place branch = new Place(place.prefix(), lanes.get(i));
      branches.add(() -> branch(steps.get(index), broadcast.name(), index, input, branch));
    }
    List<CallResult> results = TaskScope.all("broadcast-" + broadcast.name(), branches);
    Usage usage = results.stream().map(CallResult::usage).reduce(Usage.NONE, Usage::plus);
    return result(
        results.stream().map(CallResult::text).collect(Collectors.joining(broadcast.separator())),
        usage);
  }

  private CallResult branch(Step step, String flowName, int index, StepInput input, Place place)
      throws InterruptedException {
    try {
      return step(step, flowName, index, input, place);
    } finally {
      place.lane().end();
    }
  }

  // The path of a step in its third run is `call[3]/INDEX`, whatever else the flow does.
  private CallResult custom(Custom flow, StepInput input, Place place) throws InterruptedException {
    FlowType type = types.get(flow.type());
    if (type == null) {
      throw new IllegalStateException("flow type not registered: " + flow.type());
    }
    CustomSteps steps =
        new CustomSteps(
            flow.steps(),
            (step, index, run, message) ->
                step(step, flow.name(), index, message, place.in("call[" + run + "]/")));
    String text = steps.run(type, flow, input);
    return result(text, steps.usage());
  }

  private CallResult step(Step step, String flowName, int index, StepInput input, Place place)
      throws InterruptedException {
    checkNotCancelled();
    String path = place.path(Integer.toString(index));
    Optional<CallResult> done = before.step(path);
    if (done.isPresent()) {
      return done.get();
    }
    return switch (step) {
      case Step.Agent(var name, _) -> {
        place.lane().await(name);
        EngineEvent.Step told =
            new EngineEvent.Step(path, name, flowName, Optional.of(name), OptionalInt.of(index));
        journal.add(new EngineEvent.StepStarted(told, input.text()));
        hooks.tell(one -> one.beforeStep(told, input.text()));
        CallResult result = call(name, input, path);
        hooks.tell(one -> one.afterStep(told, result));
        journal.add(new EngineEvent.StepCompleted(told, result));
        yield result;
      }
      case Step.Flow(var nested) -> {
        EngineEvent.Step told =
            new EngineEvent.Step(
                path, nested.name(), flowName, Optional.empty(), OptionalInt.of(index));
        journal.add(new EngineEvent.StepStarted(told, input.text()));
        hooks.tell(one -> one.beforeStep(told, input.text()));
        CallResult result = run(nested, input, place.in(index + "/"));
        hooks.tell(one -> one.afterStep(told, result));
        journal.add(new EngineEvent.StepCompleted(told, result));
        yield result;
      }
    };
  }

  private CallResult call(String name, StepInput input, String path) throws InterruptedException {
    try {
      return agent(name).call(input, path, before.call(path));
    } catch (Fault fault) {
      throw failed("Step", name, fault);
    }
  }

  private Agent agent(String name) {
    return Objects.requireNonNull(agents.get(name), name);
  }

  private static Fault failed(String what, String name, Fault fault) {
    return new Fault(fault.code(), what + " \"" + name + "\" failed: " + fault.message(), fault);
  }

  private static CallResult result(String text, Usage usage) {
    return new CallResult(text, usage, Optional.empty(), FinishReason.STOP);
  }

  // A cycle of agents that never wait would otherwise not notice that the run was stopped.
  private static void checkNotCancelled() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /// Where a flow stands: what its paths begin with, and which parallel branch it is in.
  private record Place(String prefix, Lane lane) {
    Place in(String more) {
      return new Place(prefix + more, lane);
    }

    String path(String name) {
      return prefix + name;
    }
  }

  /// The agents a step may call.
  private static final class Callees {
    static Set<String> of(Step step) {
      return switch (step) {
        case Step.Agent(var name, _) -> Set.of(name);
        case Step.Flow(var flow) -> of(flow);
      };
    }

    private static Set<String> of(FlowDefinition flow) {
      Set<String> callees =
          flow.steps().stream()
              .flatMap(step -> of(step).stream())
              .collect(Collectors.toCollection(HashSet::new));
      if (flow instanceof Cycle cycle) {
        cycle.observer().ifPresent(callees::add);
      }
      return callees;
    }
  }
}
