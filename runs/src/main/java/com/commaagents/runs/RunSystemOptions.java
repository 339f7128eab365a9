package com.commaagents.runs;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.template.TemplateWorld;
import com.commaagents.engine.tool.McpServers;
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
/// @param mcpServers connects to the MCP servers that agents name
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
    Extensions extensions,
    McpServers mcpServers) {
  public RunSystemOptions {
    if (maxConcurrentRuns.isPresent() && maxConcurrentRuns.getAsInt() < 1) {
      throw new IllegalArgumentException("at least one run at a time");
    }
    extensions.requireFree(tools.names());
    if (!cwd.isAbsolute()) {
      throw new IllegalArgumentException("the working folder is absolute");
    }
  }

  /// The machine's clock, random ids, the process's working folder, nobody listening, no MCP
  /// servers.
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
        Extensions.NONE,
        McpServers.NONE);
  }

  public RunSystemOptions withSink(EventSink sink) {
    Draft draft = new Draft(this);
    draft.sink = sink;
    return draft.options();
  }

  public RunSystemOptions withModelOverride(Optional<String> modelOverride) {
    Draft draft = new Draft(this);
    draft.modelOverride = modelOverride;
    return draft.options();
  }

  public RunSystemOptions withCwd(Path cwd) {
    Draft draft = new Draft(this);
    draft.cwd = cwd;
    return draft.options();
  }

  public RunSystemOptions withDataFolder(Path dataFolder) {
    Draft draft = new Draft(this);
    draft.dataFolder = dataFolder;
    return draft.options();
  }

  public RunSystemOptions withTemplateWorld(TemplateWorld templateWorld) {
    Draft draft = new Draft(this);
    draft.templateWorld = templateWorld;
    return draft.options();
  }

  public RunSystemOptions withMaxConcurrentRuns(OptionalInt maxConcurrentRuns) {
    Draft draft = new Draft(this);
    draft.maxConcurrentRuns = maxConcurrentRuns;
    return draft.options();
  }

  public RunSystemOptions withClock(Clock clock) {
    Draft draft = new Draft(this);
    draft.clock = clock;
    return draft.options();
  }

  public RunSystemOptions withIds(IdGenerator ids) {
    Draft draft = new Draft(this);
    draft.ids = ids;
    return draft.options();
  }

  public RunSystemOptions withRandom(RandomGenerator random) {
    Draft draft = new Draft(this);
    draft.random = random;
    return draft.options();
  }

  public RunSystemOptions withExtensions(Extensions extensions) {
    Draft draft = new Draft(this);
    draft.extensions = extensions;
    return draft.options();
  }

  public RunSystemOptions withMcpServers(McpServers mcpServers) {
    Draft draft = new Draft(this);
    draft.mcpServers = mcpServers;
    return draft.options();
  }

  /// Options while one of them is being changed.
  private static final class Draft {
    private final RunSystemOptions from;
    private EventSink sink;
    private Optional<String> modelOverride;
    private Path cwd;
    private Path dataFolder;
    private TemplateWorld templateWorld;
    private OptionalInt maxConcurrentRuns;
    private Clock clock;
    private IdGenerator ids;
    private RandomGenerator random;
    private Extensions extensions;
    private McpServers mcpServers;

    Draft(RunSystemOptions from) {
      this.from = from;
      sink = from.sink;
      modelOverride = from.modelOverride;
      cwd = from.cwd;
      dataFolder = from.dataFolder;
      templateWorld = from.templateWorld;
      maxConcurrentRuns = from.maxConcurrentRuns;
      clock = from.clock;
      ids = from.ids;
      random = from.random;
      extensions = from.extensions;
      mcpServers = from.mcpServers;
    }

    RunSystemOptions options() {
      return new RunSystemOptions(
          from.store,
          sink,
          from.models,
          from.tools,
          modelOverride,
          cwd,
          dataFolder,
          templateWorld,
          maxConcurrentRuns,
          clock,
          ids,
          random,
          extensions,
          mcpServers);
    }
  }
}
