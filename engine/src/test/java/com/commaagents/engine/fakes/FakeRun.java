package com.commaagents.engine.fakes;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.engine.EngineOptions;
import com.commaagents.engine.PreparedStrategy;
import com.commaagents.engine.StrategyEngine;
import com.commaagents.engine.hook.HookChain;
import com.commaagents.engine.hook.Hooks;
import com.commaagents.engine.limit.RunLimits;
import com.commaagents.engine.plugin.Types;
import com.commaagents.engine.limit.UsageMeter;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.AgentDefinition.Compaction;
import com.commaagents.strategy.definition.AgentDefinition.Equipment;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import com.commaagents.strategy.definition.AgentDefinition.Retention;
import com.commaagents.strategy.definition.AgentDefinition.SystemPrompt;
import com.commaagents.strategy.definition.FlowDefinition;
import com.commaagents.strategy.definition.FlowDefinition.Broadcast;
import com.commaagents.strategy.definition.FlowDefinition.Cycle;
import com.commaagents.strategy.definition.FlowDefinition.Sequential;
import com.commaagents.strategy.definition.FlowDefinition.SignalMatch;
import com.commaagents.strategy.definition.FlowDefinition.Step;
import com.commaagents.engine.template.TemplateWorld;
import com.commaagents.engine.template.Templates;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.engine.tool.ServerTools;
import com.commaagents.strategy.skill.Skills;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A run of a strategy on fakes. An LLM agent `x` has the model `acme/x`.
public final class FakeRun {

  public final FakeModels models = new FakeModels();
  public final FakeTools tools = new FakeTools();
  public final FakePeople people = new FakePeople();
  public final RecordingJournal journal = new RecordingJournal();
  public final VirtualClock clock = new VirtualClock();
  public UsageMeter meter = UsageMeter.unlimited();

  /// What the run was told of limits that were reached.
  public final List<String> reached = new CopyOnWriteArrayList<>();

  private final Map<String, AgentDefinition> agents = new LinkedHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private Optional<String> modelOverride = Optional.empty();

  /// Called while it runs.
  public final List<Hooks> hooks = new ArrayList<>();

  public Types types = Types.NONE;
  public ServerTools servers = ServerTools.NONE;
  public Skills skills = Skills.NONE;
  private Path file = Path.of("/nowhere/strategy.yaml");

  public FakeModel model(String agent) {
    return models.get("acme/" + agent);
  }

  public FakeRun llm(String... names) {
    for (String name : names) {
      agent(name, definition -> definition);
    }
    return this;
  }

  public FakeRun agent(String name, UnaryOperator<Definition> change) {
    agents.put(name, change.apply(Definition.of("acme/" + name)).llm());
    return this;
  }

  public FakeRun user(String name, boolean requireInput, Optional<String> preset) {
    agents.put(name, new AgentDefinition.User(Optional.empty(), requireInput, preset));
    return this;
  }

  public FakeRun custom(String name) {
    return custom(name, Optional.empty());
  }

  /// An agent of the added type `odd`.
  public FakeRun custom(String name, Optional<String> model, String... toolNames) {
    return custom(
        name,
        new Equipment(
            model, List.of(toolNames), List.of(), List.of(), Map.of(), ModelOptions.NONE));
  }

  public FakeRun custom(String name, Equipment equipment) {
    agents.put(name, new AgentDefinition.Custom("odd", Optional.empty(), Json.object(), equipment));
    return this;
  }

  public FakeRun override(String model) {
    modelOverride = Optional.of(model);
    return this;
  }

  public FakeRun limits(RunLimits limits) {
    meter = new UsageMeter(limits, reached::add);
    return this;
  }

  public FakeRun file(Path strategyFile) {
    file = strategyFile;
    return this;
  }

  public PreparedStrategy prepare(FlowDefinition flow) {
    IdGenerator generator = () -> "id-" + ids.incrementAndGet();
    RandomGenerator noJitter = () -> 0L;
    return new StrategyEngine(new Templates(TemplateWorld.NONE), new HookChain(hooks), types)
        .prepare(
            new Strategy(
                file, "fake", "1", Optional.empty(), agents, Map.of(), flow, Json.object()),
            new EngineOptions(
                new RunId("run-1"),
                models,
                tools,
                servers,
                people,
                journal,
                clock,
                generator,
                noJitter,
                modelOverride,
                skills,
                meter));
  }

  public CallResult execute(FlowDefinition flow, String input) throws InterruptedException {
    return prepare(flow).execute(input);
  }

  /// Runs in a thread of its own, for a test that stops it.
  public Running start(FlowDefinition flow, String input) {
    PreparedStrategy prepared = prepare(flow);
    AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                prepared.execute(input);
              } catch (InterruptedException | RuntimeException thrown) {
                end.set(thrown);
              }
            });
    return new Running(thread, end);
  }

  /// A run under way.
  public record Running(Thread thread, AtomicReference<@Nullable Throwable> end) {
    /// Stops it and returns what it ended with.
    public @Nullable Throwable stop() throws InterruptedException {
      thread.interrupt();
      thread.join();
      return end.get();
    }
  }

  public static FlowDefinition sequence(Object... steps) {
    return new Sequential("seq", Optional.empty(), steps(steps));
  }

  public static FlowDefinition broadcast(Object... steps) {
    return new Broadcast("fan", Optional.empty(), steps(steps), " + ");
  }

  public static FlowDefinition cycle(int cycles, Object... steps) {
    return cycle(OptionalInt.of(cycles), Optional.empty(), steps);
  }

  public static FlowDefinition observed(OptionalInt cycles, String observer, Object... steps) {
    return cycle(cycles, Optional.of(observer), steps);
  }

  public static FlowDefinition cycle(
      OptionalInt cycles, Optional<String> observer, Object... steps) {
    return new Cycle(
        "loop",
        Optional.empty(),
        steps(steps),
        cycles,
        observer,
        Cycle.DEFAULT_BREAK_SIGNALS,
        SignalMatch.SUBSTRING);
  }

  /// Steps from agent names and flows.
  private static List<Step> steps(Object... steps) {
    return Arrays.stream(steps)
        .map(step ->
            step instanceof FlowDefinition flow
                ? (Step) new Step.Flow(flow)
                : new Step.Agent(step.toString(), Optional.empty()))
        .toList();
  }

  /// Options that say nothing else.
  public static ModelOptions maxRetries(OptionalInt retries) {
    return new ModelOptions(
        ModelOptions.NONE.temperature(),
        ModelOptions.NONE.topP(),
        ModelOptions.NONE.topK(),
        ModelOptions.NONE.maxOutputTokens(),
        retries,
        ModelOptions.NONE.frequencyPenalty(),
        ModelOptions.NONE.presencePenalty(),
        ModelOptions.NONE.seed());
  }

  /// An LLM agent's definition, to be changed field by field.
  public record Definition(
      String model,
      SystemPrompt prompt,
      List<String> tools,
      OptionalInt maxRetries,
      Optional<JsonNode> outputSchema,
      Retention retention,
      int maxSteps) {
    static Definition of(String model) {
      return new Definition(
          model,
          new SystemPrompt.None(),
          List.of(),
          OptionalInt.empty(),
          Optional.empty(),
          Retention.DEFAULT,
          AgentDefinition.DEFAULT_MAX_STEPS);
    }

    public Definition model(String other) {
      return new Definition(other, prompt, tools, maxRetries, outputSchema, retention, maxSteps);
    }

    public Definition prompt(SystemPrompt other) {
      return new Definition(model, other, tools, maxRetries, outputSchema, retention, maxSteps);
    }

    public Definition tools(String... names) {
      return new Definition(
          model, prompt, List.of(names), maxRetries, outputSchema, retention, maxSteps);
    }

    public Definition maxRetries(int retries) {
      return new Definition(
          model, prompt, tools, OptionalInt.of(retries), outputSchema, retention, maxSteps);
    }

    public Definition outputSchema(String schema) {
      return new Definition(
          model, prompt, tools, maxRetries, Json.parse(schema), retention, maxSteps);
    }

    public Definition rollingWindow(int records) {
      return retention(new Retention(OptionalInt.of(records), Compaction.OFF));
    }

    public Definition compaction(int keepRecent, OptionalInt threshold) {
      return retention(
          new Retention(OptionalInt.empty(), new Compaction(true, keepRecent, threshold)));
    }

    private Definition retention(Retention other) {
      return new Definition(model, prompt, tools, maxRetries, outputSchema, other, maxSteps);
    }

    public Definition maxSteps(int steps) {
      return new Definition(model, prompt, tools, maxRetries, outputSchema, retention, steps);
    }

    AgentDefinition.Llm llm() {
      return new AgentDefinition.Llm(
          Optional.empty(),
          new Equipment(
              Optional.of(model),
              tools,
              List.of(),
              List.of(),
              Map.of(),
              FakeRun.maxRetries(maxRetries)),
          prompt,
          outputSchema,
          retention,
          maxSteps);
    }
  }
}
