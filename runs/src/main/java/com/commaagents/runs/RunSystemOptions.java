package com.commaagents.runs;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.template.TemplateWorld;
import com.commaagents.engine.tool.ToolRegistry;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.store.RunStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// What a run system works with. Everything that time, randomness or the outside world decides is
/// in here, so that a test can decide it.
///
/// @param store keeps the timelines; closed by the run system's shutdown
/// @param sink brings messages to clients
/// @param modelOverride `provider/model` for the LLM agents of every run that brings none of its
///   own
/// @param cwd absolute; the working folder of runs that name none
/// @param dataFolder where strategies lie that can be launched from everywhere, in `strategies`
/// @param templateWorld what prompt templates may see of the outside
/// @param maxConcurrentRuns how many runs execute at once; further ones are started and wait for
///   their turn, in order; empty: no bound
/// @param random spreads retries; must be thread-safe
/// @param extensions hooks, and types of agents and flows
public record RunSystemOptions(
    RunStore store,
    EventSink sink,
    ModelRegistry models,
    ToolRegistry tools,
    Optional<String> modelOverride,
    Path cwd,
    Path dataFolder,
    TemplateWorld templateWorld,
    OptionalInt maxConcurrentRuns,
    Clock clock,
    IdGenerator ids,
    RandomGenerator random,
    Extensions extensions) {
  public RunSystemOptions {
    if (maxConcurrentRuns.isPresent() && maxConcurrentRuns.getAsInt() < 1) {
      throw new IllegalArgumentException("at least one run at a time");
    }
    extensions.requireFree(tools.names());
    if (!cwd.isAbsolute()) {
      throw new IllegalArgumentException("the working folder is absolute");
    }
  }

  /// Without extensions.
  public RunSystemOptions(
      RunStore store,
      EventSink sink,
      ModelRegistry models,
      ToolRegistry tools,
      Optional<String> modelOverride,
      Path cwd,
      Path dataFolder,
      TemplateWorld templateWorld,
      OptionalInt maxConcurrentRuns,
      Clock clock,
      IdGenerator ids,
      RandomGenerator random) {
    this(
        store,
        sink,
        models,
        tools,
        modelOverride,
        cwd,
        dataFolder,
        templateWorld,
        maxConcurrentRuns,
        clock,
        ids,
        random,
        Extensions.NONE);
  }

  /// The machine's clock, random ids, the process's working folder, nobody listening.
  public static RunSystemOptions of(RunStore store, ModelRegistry models, ToolRegistry tools) {
    return new RunSystemOptions(
        store,
        EventSink.none(),
        models,
        tools,
        Optional.empty(),
        Path.of("").toAbsolutePath(),
        Path.of("").toAbsolutePath().resolve(".comma"),
        TemplateWorld.NONE,
        OptionalInt.empty(),
        Clock.system(),
        IdGenerator.random(),
        () -> ThreadLocalRandom.current().nextLong(),
        Extensions.NONE);
  }

  public RunSystemOptions withSink(EventSink listener) {
    return new RunSystemOptions(
        store,
        listener,
        models,
        tools,
        modelOverride,
        cwd,
        dataFolder,
        templateWorld,
        maxConcurrentRuns,
        clock,
        ids,
        random,
        extensions);
  }

  public RunSystemOptions withModelOverride(Optional<String> model) {
    return new RunSystemOptions(
        store,
        sink,
        models,
        tools,
        model,
        cwd,
        dataFolder,
        templateWorld,
        maxConcurrentRuns,
        clock,
        ids,
        random,
        extensions);
  }

  public RunSystemOptions withDataFolder(Path folder) {
    return new RunSystemOptions(
        store,
        sink,
        models,
        tools,
        modelOverride,
        cwd,
        folder,
        templateWorld,
        maxConcurrentRuns,
        clock,
        ids,
        random,
        extensions);
  }

  public RunSystemOptions withMaxConcurrentRuns(OptionalInt count) {
    return new RunSystemOptions(
        store,
        sink,
        models,
        tools,
        modelOverride,
        cwd,
        dataFolder,
        templateWorld,
        count,
        clock,
        ids,
        random,
        extensions);
  }

  public RunSystemOptions withTemplateWorld(TemplateWorld world) {
    return new RunSystemOptions(
        store,
        sink,
        models,
        tools,
        modelOverride,
        cwd,
        dataFolder,
        world,
        maxConcurrentRuns,
        clock,
        ids,
        random,
        extensions);
  }

  public RunSystemOptions withExtensions(Extensions added) {
    return new RunSystemOptions(
        store,
        sink,
        models,
        tools,
        modelOverride,
        cwd,
        dataFolder,
        templateWorld,
        maxConcurrentRuns,
        clock,
        ids,
        random,
        added);
  }
}
