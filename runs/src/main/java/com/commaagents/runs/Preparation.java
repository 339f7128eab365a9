package com.commaagents.runs;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.EngineOptions;
import com.commaagents.engine.PreparedStrategy;
import com.commaagents.engine.StrategyEngine;
import com.commaagents.engine.hook.HookChain;
import com.commaagents.engine.limit.RunLimits;
import com.commaagents.engine.limit.UsageMeter;
import com.commaagents.engine.template.Templates;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.runs.extension.AddedTools;
import com.commaagents.runs.extension.PluginTool;
import com.commaagents.runs.hub.Channel;
import com.commaagents.runs.hub.Hub;
import com.commaagents.runs.launch.Launcher;
import com.commaagents.runs.live.Cleanup;
import com.commaagents.runs.live.LiveRun;
import com.commaagents.runs.live.RunPlan;
import com.commaagents.runs.live.Standing;
import com.commaagents.runs.mcp.RunServers;
import com.commaagents.runs.mcp.ServerSetup;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.skill.SkillTools;
import com.commaagents.strategy.definition.McpServer;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.discovery.StrategyDiscovery;
import com.commaagents.strategy.load.Available;
import com.commaagents.strategy.load.LoadRequest;
import com.commaagents.strategy.load.Names;
import com.commaagents.strategy.load.StrategyLoader;
import com.commaagents.strategy.skill.SkillDiscovery;
import com.commaagents.strategy.skill.Skills;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets up everything a run works with, in order; what fails undoes what was set up before it.
/// Thread-safe.
final class Preparation {
  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

  private final RunSystemOptions options;
  private final Hub hub;
  private final LiveRun.Outlets outlets;
  private final Templates templates;
  private final StrategyEngine engine;
  private final Launcher launcher;
  private final Turnstile turnstile;
  private final StrategyLoader loader;
  private final SkillDiscovery skillDiscovery;
  private final ServerSetup servers;

  Preparation(RunSystemOptions options, Hub hub, ServerSetup servers) {
    this.options = options;
    this.hub = hub;
    this.servers = servers;
    this.loader = new StrategyLoader(options.dataFolder());
    this.templates = new Templates(options.templateWorld());
    this.engine =
        new StrategyEngine(
            templates, new HookChain(options.extensions().hooks()), options.extensions().types());
    this.outlets = new LiveRun.Outlets(options.store(), hub, options.clock(), options.ids());
    this.skillDiscovery = new SkillDiscovery(options.dataFolder());
    this.turnstile = Turnstile.of(options.maxConcurrentRuns());
    this.launcher =
        new Launcher(
            engine,
            loader,
            new StrategyDiscovery(loader, options.dataFolder()),
            this::checks,
            new Launcher.World(options.models(), options.clock(), options.ids(), options.random()));
  }

  /// What a run is prepared for.
  enum Purpose {
    START_OR_CONTINUE,
    RESUME
  }

  /// A run that is set up and has not begun to listen.
  record Result(
      PreparedRun prepared,
      Channel channel,
      LiveRun run,
      LiveRun.Execution work,
      ToolSession tools,
      Cleanup cleanup) {
    void begin(Consumer<Standing> whenClosed) {
      run.begin(new LiveRun.Work(work, tools, cleanup, whenClosed));
    }
  }

  /// The id a request is about: its own, or a new one.
  RunId idFor(PrepareRunOptions request) {
    if (request.runId().isEmpty() && request.strategyPath().isEmpty()) {
      throw new Fault(FaultCode.INVALID_INPUT, "strategyPath is required when preparing a new run");
    }
    return RunId.parse(request.runId().orElseGet(options.ids()::next))
        .orElseThrow(() ->
            new Fault(
                FaultCode.INVALID_INPUT,
                "Invalid run id: 1 to "
                    + RunId.MAX_LENGTH
                    + " characters of A-Z a-z 0-9 . _ : -, the first a letter or digit,"
                    + " without \"..\""));
  }

  /// The caller has reserved the id.
  ///
  /// @param lastSeq the newest number of the run's messages in this life of the process; 0 before
  ///   the first
  /// @param purpose a resume is refused where there is nothing to resume
  Result prepare(RunId runId, PrepareRunOptions request, long lastSeq, Purpose purpose)
      throws InterruptedException {
    RunPast past = RunPast.read(options.store(), runId, lastSeq);
    Cleanup cleanup = new Cleanup();
    boolean complete = false;
    try {
      RunTarget target = RunTarget.of(runId, request, past.history(), options);
      Skills skills = skills(target.cwd());
      SequencedMap<String, McpServer> elsewhere = servers.elsewhere(target.cwd());
      Strategy strategy =
          loader.load(
              target.strategyPath(),
              checks(skills, elsewhere.values(), target.modelOverride().isPresent()));
      target
          .manifestPath()
          .ifPresent(manifest -> loader.requirePermitted(strategy, Path.of(manifest)));
      if (purpose == Purpose.RESUME) {
        past.refuseUnlessResumable(runId, strategy);
      }
      RunLimits limits = purpose == Purpose.RESUME ? past.lastLimits() : request.limits();
      RunServers connected = connected(runId, strategy, target.cwd(), elsewhere, cleanup);
      Result result =
          setUp(plan(runId, target, limits, strategy), strategy, skills, connected, past, cleanup);
      complete = true;
      return result;
    } finally {
      if (!complete) {
        cleanup.run();
      }
    }
  }

  private Skills skills(Path cwd) {
    Skills skills = skillDiscovery.in(cwd);
    skills
        .warnings()
        .forEach(warning -> LOG.warn("{} is not a skill: {}", warning.file(), warning.message()));
    return skills;
  }

  private LoadRequest checks(
      Skills skills, Collection<McpServer> servers, boolean modelOverridden) {
    Set<String> tools = new HashSet<>(options.tools().names());
    tools.addAll(Launcher.toolNames());
    tools.addAll(SkillTools.names());
    tools.addAll(options.extensions().types().tools().keySet());
    return new LoadRequest(
        modelOverridden,
        new Available(
            new Names.Known(tools),
            engine.addedAgents(),
            engine.addedFlows(),
            new Names.Known(skills.names()),
            new Names.Known(servers.stream().map(McpServer::id).collect(Collectors.toSet())),
            servers.stream()
                .filter(McpServer::isProgram)
                .map(McpServer::id)
                .collect(Collectors.toSet()),
            templates,
            engine.outputSchemas()));
  }

  private RunPlan plan(RunId runId, RunTarget target, RunLimits limits, Strategy strategy) {
    return new RunPlan(
        runId,
        target.strategyPath(),
        strategy.name(),
        strategy.agentNames(),
        strategy.flowTree(),
        target.cwd(),
        target.manifestPath(),
        target.modelOverride(),
        limits,
        options.clock().now());
  }

  private RunServers connected(
      RunId runId,
      Strategy strategy,
      Path cwd,
      SequencedMap<String, McpServer> elsewhere,
      Cleanup cleanup)
      throws InterruptedException {
    RunServers connected = servers.open(runId, strategy, cwd, elsewhere);
    cleanup.add("the MCP servers", connected::close);
    cleanup.add("what was chosen for a run that was not started", () -> forgetChoices(runId));
    connected.connect();
    return connected;
  }

  private void forgetChoices(RunId runId) {
    if (options.store().choices(runId).isPresent() && options.store().find(runId).isEmpty()) {
      options.store().delete(runId);
    }
  }

  private Result setUp(
      RunPlan plan,
      Strategy strategy,
      Skills skills,
      RunServers connected,
      RunPast past,
      Cleanup cleanup) {
    History history = past.history();
    Channel channel = hub.open(plan.runId(), past.lastSeq());
    cleanup.add("the channel", () -> hub.release(plan.runId()));
    TimelineLog log = options.store().log(plan.runId());
    cleanup.add("the timeline", log::close);
    LiveRun run =
        new LiveRun(
            plan,
            past.state(),
            channel,
            log,
            past.builder(),
            past.interrupted(),
            connected,
            outlets);
    UsageMeter meter = new UsageMeter(plan.limits(), run.limitListener());
    ToolScope scope = new ToolScope(plan.runId(), plan.cwd(), run.people(), run.journal());
    ToolSession tools =
        launcher.with(
            new AddedTools(options.tools().open(scope), scope, in -> added(in, skills)),
            new Launcher.Site(scope, skills, connected, meter, plan.modelOverride()));
    cleanup.add("the tools", tools::close);
    PreparedStrategy work =
        engine.prepare(
            strategy,
            new EngineOptions(
                plan.runId(),
                options.models(),
                tools,
                connected,
                run.people(),
                run.workJournal(),
                options.clock(),
                options.ids(),
                options.random(),
                plan.modelOverride(),
                skills,
                meter));
    work.restore(history.transcript().active());
    PreparedRun prepared =
        new PreparedRun(
            plan.runId(),
            plan.strategyName(),
            plan.agents(),
            plan.flowTree(),
            connected.statuses(),
            history,
            channel.lastSeq());
    return new Result(prepared, channel, run, turnstile.before(work::execute), tools, cleanup);
  }

  private Map<String, Tool> added(ToolScope scope, Skills skills) {
    Map<String, Tool> added = new HashMap<>(SkillTools.of(skills));
    options
        .extensions()
        .types()
        .tools()
        .forEach((name, type) -> added.put(name, new PluginTool(type, scope.workingDirectory())));
    return added;
  }
}
