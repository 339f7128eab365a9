package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.CommandPolicy;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.config.SandboxChoice;
import com.commaagents.cli.config.Secret;
import com.commaagents.cli.daemon.DaemonService;
import com.commaagents.cli.daemon.DaemonServiceFactory;
import com.commaagents.cli.daemon.MemoryAtRest;
import com.commaagents.cli.daemon.UsablePlugins;
import com.commaagents.cli.sandbox.Sandbox;
import com.commaagents.cli.sandbox.Sandboxes;
import com.commaagents.cli.servers.ServerPrograms;
import com.commaagents.engine.template.TemplateWorld;
import com.commaagents.engine.tool.McpServers;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.mcp.ConnectingServers;
import com.commaagents.models.ProviderDirectory;
import com.commaagents.models.ProviderModels;
import com.commaagents.models.catalogue.Catalogues;
import com.commaagents.models.cloud.CloudFiles;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.packages.Packages;
import com.commaagents.packages.registry.Download;
import com.commaagents.packages.registry.Registry;
import com.commaagents.runs.Extensions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.store.FileRunStore;
import com.commaagents.runs.store.RunStore;
import com.commaagents.server.Daemon;
import com.commaagents.server.http.HttpLimits;
import com.commaagents.server.http.HttpSettings;
import com.commaagents.server.session.Sessions;
import com.commaagents.strategy.discovery.BundledStrategies;
import com.commaagents.tools.BuiltInTools;
import com.commaagents.tools.ToolSettings;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.tools.process.CommandEnvironment;
import com.commaagents.tools.trash.Trash;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Where the parts of the daemon come together, with plain constructors.
final class Wiring implements DaemonServiceFactory {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

  private final Place place;
  private final Clock clock = Clock.system();
  private final IdGenerator ids = IdGenerator.random();

  Wiring(Place place) {
    this.place = place;
  }

  @Override
  public DaemonService start(DaemonSettings settings) {
    BundledStrategies.layInto(settings.dataDirectory());
    Sandbox commands = commandSandbox(settings);
    Sandbox servers = serverSandbox(settings);
    RunStore store =
        FileRunStore.open(
            settings.runsDirectory(), "the daemon with pid " + ProcessHandle.current().pid());
    CredentialStore credentials =
        new CredentialStore(
            settings.dataDirectory().resolve("credentials.json"),
            place::variable,
            new CloudFiles(place.home(), place::variable));
    Catalogues catalogues = Catalogues.with(settings.dataDirectory().resolve("models.json"));
    ProviderModels models = new ProviderModels(credentials, catalogues, clock, ids);
    Trash trash =
        new Trash(
            clock, ids, Optional.of(settings.dataDirectory().resolve("trash-workspaces.json")));
    BuiltInTools tools = tools(settings, commands.confinement(), trash);
    Sessions sessions = new Sessions();
    RunSystem runs =
        RunSystem.open(
            RunSystemOptions.of(store, models, tools)
                .withSink(sessions)
                .withModelOverride(settings.modelOverride())
                .withDataFolder(settings.dataDirectory())
                .withTemplateWorld(templateWorld(settings, commands.confinement()))
                .withExtensions(extensions(settings, tools))
                .withMcpServers(mcpServers(servers.confinement()))
                .withMaxConcurrentRuns(settings.maxConcurrentRuns()));
    ProviderDirectory directory =
        models.directory(settings.dataDirectory().resolve("provider-registry.json"));
    return listen(
        settings,
        runs,
        sessions,
        new LocalHost(trash, commands, servers),
        new LocalProviders(directory, credentials),
        new LocalPackages(packages(settings)),
        models);
  }

  private BuiltInTools tools(DaemonSettings settings, Confinement confinement, Trash trash) {
    return new BuiltInTools(
        new ToolSettings(
            place.variables(),
            ProviderModels.credentialVariables(),
            place.home(),
            verdict(settings.commands()),
            settings.webfetchAllow(),
            confinement),
        clock,
        ids,
        trash,
        List.of());
  }

  /// The names of the tools that a daemon has without plug-ins.
  Set<String> toolNames(DaemonSettings settings) {
    return tools(settings, Confinement.none(), new Trash(clock, ids)).names();
  }

  private Sandbox commandSandbox(DaemonSettings settings) {
    Sandbox sandbox = found(settings, new Sandboxes(place, clock)::ofCommands);
    Level level = sandbox.confines() ? Level.INFO : Level.WARN;
    LOG.atLevel(level).log("commands are {}", sandbox.words());
    return sandbox;
  }

  private Sandbox serverSandbox(DaemonSettings settings) {
    Sandbox sandbox = found(settings, new Sandboxes(place, clock)::ofServers);
    boolean asTold = sandbox.confines() || settings.mcpSandbox() == SandboxChoice.OFF;
    LOG.atLevel(asTold ? Level.INFO : Level.WARN).log("MCP servers are {}", sandbox.words());
    return sandbox;
  }

  private static Sandbox found(DaemonSettings settings, Sandboxes.Search search) {
    try {
      return search.in(settings);
    } catch (InterruptedException stopped) {
      throw stoppedEarly(stopped);
    }
  }

  private static Fault stoppedEarly(InterruptedException stopped) {
    Thread.currentThread().interrupt();
    return new Fault(
        FaultCode.SHUTTING_DOWN, "The daemon was stopped before it listened.", stopped);
  }

  /// Packages that cannot be put right keep nothing else from working.
  private Packages packages(DaemonSettings settings) {
    Packages packages =
        Packages.of(
            settings.dataDirectory(),
            settings.packageRegistry().map(address -> new Registry(address, new Download())),
            ids);
    try {
      packages.recover();
    } catch (Fault broken) {
      LOG.warn("{}", broken.message());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return packages;
  }

  /// What cannot be used is told in the log and left out.
  private static Extensions extensions(DaemonSettings settings, BuiltInTools tools) {
    UsablePlugins found = UsablePlugins.of(settings.dataDirectory(), tools.names());
    found.problems().forEach(LOG::warn);
    found.plugins().forEach(plugin -> LOG.info("plug-in {}", plugin.name()));
    return found.extensions();
  }

  private McpServers mcpServers(Confinement confinement) {
    return new ConnectingServers(
        new ServerPrograms(clock, ids, commandEnvironment(), confinement), place::variable);
  }

  private CommandEnvironment commandEnvironment() {
    return new CommandEnvironment(place.variables(), ProviderModels.credentialVariables(), ids);
  }

  private TemplateWorld templateWorld(DaemonSettings settings, Confinement confinement) {
    return new TemplateWorld(
        place.variables(),
        ProviderModels.credentialVariables(),
        settings.templateExec()
            ? Optional.of(new TemplateCommands(clock, ids, commandEnvironment(), confinement))
            : Optional.empty());
  }

  private DaemonService listen(
      DaemonSettings settings,
      RunSystem runs,
      Sessions sessions,
      LocalHost host,
      LocalProviders providers,
      LocalPackages packages,
      ProviderModels models) {
    boolean listening = false;
    try {
      Daemon daemon =
          Daemon.start(http(settings), runs, sessions, host, providers, packages, clock, ids);
      listening = true;
      return new Service(daemon, models, MemoryAtRest.watch(() -> runs.activeRuns() == 0, clock));
    } catch (InterruptedException stopped) {
      throw stoppedEarly(stopped);
    } finally {
      if (!listening) {
        runs.close();
        models.close();
      }
    }
  }

  private static HttpSettings http(DaemonSettings settings) {
    return new HttpSettings(
        settings.host(),
        settings.port(),
        Set.copyOf(settings.allowedOrigins()),
        settings.token().map(Secret::value),
        new HttpLimits(
            settings.maxMessageBytes(),
            HttpLimits.DEFAULT.maxQueuedBytes(),
            HttpLimits.DEFAULT.maxConnections(),
            HttpLimits.DEFAULT.pingInterval(),
            HttpLimits.DEFAULT.handshakeTimeout()));
  }

  private static Verdict verdict(CommandPolicy policy) {
    return switch (policy) {
      case ALLOW -> Verdict.ALLOW;
      case ASK -> Verdict.ASK;
      case DENY -> Verdict.DENY;
    };
  }

  private record Service(Daemon daemon, ProviderModels models, MemoryAtRest memory)
      implements DaemonService {
    @Override
    public int port() {
      return daemon.port();
    }

    @Override
    public void close() {
      memory.close();
      daemon.close();
      models.close();
    }
  }
}
