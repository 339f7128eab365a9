package com.commaagents.runs.launch;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.id.RunId;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.EngineOptions;
import com.commaagents.engine.StrategyEngine;
import com.commaagents.engine.limit.UsageMeter;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.runs.mcp.LaunchedServers;
import com.commaagents.runs.mcp.RunServers;
import com.commaagents.strategy.definition.McpServer;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.discovery.Catalogue;
import com.commaagents.strategy.discovery.FoundStrategy;
import com.commaagents.strategy.discovery.StrategyDiscovery;
import com.commaagents.strategy.load.LoadRequest;
import com.commaagents.strategy.load.StrategyLoader;
import com.commaagents.strategy.skill.Skills;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Runs strategies inside a run. Thread-safe.
///
/// Limit: [#MAX_DEPTH] launches inside each other; one more is refused with what to do instead.
public final class Launcher {
  /// Launched strategies that may stand inside each other.
  public static final int MAX_DEPTH = 8;

  private final StrategyEngine engine;
  private final StrategyLoader loader;
  private final StrategyDiscovery discovery;
  private final Checks checks;
  private final World world;

  /// What launched strategies work with, as the run system has it.
  public record World(ModelRegistry models, Clock clock, IdGenerator ids, RandomGenerator random) {}

  /// What a strategy is checked against.
  public interface Checks {
    /// @param servers the MCP servers that are defined outside of the strategy
    /// @param modelOverridden whether its models are overridden
    LoadRequest of(Skills skills, Collection<McpServer> servers, boolean modelOverridden);
  }

  public Launcher(
      StrategyEngine engine,
      StrategyLoader loader,
      StrategyDiscovery discovery,
      Checks checks,
      World world) {
    this.engine = engine;
    this.loader = loader;
    this.discovery = discovery;
    this.checks = checks;
    this.world = world;
  }

  /// The names of the tools that launch.
  public static Set<String> toolNames() {
    return LaunchSession.NAMES;
  }

  /// A run's tools, and those that launch other strategies in it.
  ///
  /// @param tools of the scope of the site
  public ToolSession with(ToolSession tools, Site site) {
    return new LaunchSession(tools, this, site);
  }

  /// Where something is launched from.
  ///
  /// @param servers those of the run
  /// @param meter sums what the run spends, launched strategies included
  /// @param modelOverride the run's own
  /// @param depth 0 in the run itself
  public record Site(
      ToolScope scope,
      Skills skills,
      RunServers servers,
      UsageMeter meter,
      Optional<String> modelOverride,
      int depth) {
    /// The run itself.
    public Site(
        ToolScope scope,
        Skills skills,
        RunServers servers,
        UsageMeter meter,
        Optional<String> modelOverride) {
      this(scope, skills, servers, meter, modelOverride, 0);
    }
  }

  /// What can be launched from a place.
  Catalogue catalogue(Site site) {
    return discovery.discover(site.scope().workingDirectory());
  }

  /// Runs a strategy on the calling thread until it is done and returns its text.
  ///
  /// @throws Fault when there is no such strategy, it cannot be loaded, or a step of it fails
  String launch(
      Site site,
      ToolSession tools,
      ToolCallContext call,
      String name,
      String input,
      Optional<String> modelOverride)
      throws InterruptedException {
    if (site.depth() >= MAX_DEPTH) {
      throw new Fault(
          FaultCode.LIMIT_EXCEEDED,
          "Strategies are launched inside each other "
              + MAX_DEPTH
              + " deep already. Do this step yourself instead of launching another one.");
    }
    Optional<String> override = modelOverride.or(site::modelOverride);
    FoundStrategy found = find(site, name);
    Strategy strategy =
        loader.load(
            found.file(),
            checks.of(site.skills(), site.servers().elsewhere(), override.isPresent()));
    ProgramConsent.require(site, found, strategy, call);
    String launchId = world.ids().next();
    LaunchedJournal journal =
        new LaunchedJournal(site.scope().journal(), launchId, call.pathInside());
    ToolScope scope =
        new ToolScope(
            derivedId(site.scope().runId(), launchId),
            site.scope().workingDirectory(),
            new LaunchedPeople(site.scope().people(), journal),
            journal);
    Site inside =
        new Site(scope, site.skills(), site.servers(), site.meter(), override, site.depth() + 1);
    try (LaunchedServers servers = site.servers().forLaunched(strategy);
        ToolSession own = new LaunchSession(tools.forLaunched(scope), this, inside)) {
      return engine
          .prepare(
              strategy,
              new EngineOptions(
                  scope.runId(),
                  world.models(),
                  own,
                  servers,
                  scope.people(),
                  journal,
                  world.clock(),
                  world.ids(),
                  world.random(),
                  override,
                  site.skills(),
                  site.meter()))
          .execute(input, call.before())
          .text();
    }
  }

  private FoundStrategy find(Site site, String name) {
    Catalogue catalogue = catalogue(site);
    return catalogue
        .find(name)
        .orElseThrow(() ->
            new Fault(
                FaultCode.NOT_FOUND,
                "There is no strategy named \""
                    + name
                    + "\". "
                    + (catalogue.strategies().isEmpty()
                        ? "There is none at all in this folder."
                        : "Call list_strategy to see the names there are.")));
  }

  // RUN:ID, of the run itself however deep the launch is, and short enough to be an id.
  private static RunId derivedId(RunId run, String launchId) {
    String own = run.value();
    int colon = own.indexOf(':');
    String root = colon < 0 ? own : own.substring(0, colon);
    int room = RunId.MAX_LENGTH - 1 - launchId.length();
    return new RunId(root.substring(0, Math.min(root.length(), room)) + ":" + launchId);
  }
}
