package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.cli.arguments.Arguments;

/// Understands a command line, does what it says and gives the exit code.
final class CommandLineProgram {
  private final Surroundings surroundings;

  CommandLineProgram(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  int run(String... typed) throws InterruptedException {
    try {
      return dispatch(Arguments.parse(CommandTree.ROOT, typed));
    } catch (Fault fault) {
      surroundings.terminal().err(fault.message());
      return ExitCode.of(fault);
    }
  }

  private int dispatch(Arguments arguments) throws InterruptedException {
    if (arguments.has("--version")) {
      surroundings.terminal().out("comma " + version() + "\n");
      return ExitCode.DONE;
    }
    if (arguments.has("--help")) {
      surroundings.terminal().out(arguments.command().help());
      return ExitCode.DONE;
    }
    DaemonCommands daemon = new DaemonCommands(surroundings);
    return switch (arguments.command().path()) {
      case "comma run" -> new RunCommand(surroundings, arguments).run();
      case "comma runs list" -> new RunsCommands(surroundings, arguments).list();
      case "comma runs show" -> new RunsCommands(surroundings, arguments).show();
      case "comma runs export" -> new RunsCommands(surroundings, arguments).export();
      case "comma runs stop" -> new RunsCommands(surroundings, arguments).stop();
      case "comma runs steer" -> new RunsCommands(surroundings, arguments).steer();
      case "comma runs delete" -> new RunsCommands(surroundings, arguments).delete();
      case "comma runs prune" -> new RunsCommands(surroundings, arguments).prune();
      case "comma strategies list" -> new StrategiesCommand(surroundings, arguments).list();
      case "comma providers list" -> new ProviderCommands(surroundings, arguments).list();
      case "comma providers set-key" -> new ProviderCommands(surroundings, arguments).setKey();
      case "comma models list" -> new ProviderCommands(surroundings, arguments).listModels();
      case "comma mcp list" -> new McpCommands(surroundings, arguments).list();
      case "comma mcp enable" -> new McpCommands(surroundings, arguments).update(true);
      case "comma mcp disable" -> new McpCommands(surroundings, arguments).update(false);
      case "comma packages list" -> new PackageCommands(surroundings, arguments).list();
      case "comma packages install" -> new PackageCommands(surroundings, arguments).install();
      case "comma packages update" -> new PackageCommands(surroundings, arguments).update();
      case "comma packages remove" -> new PackageCommands(surroundings, arguments).remove();
      case "comma doctor" -> new DoctorCommand(surroundings, arguments).run();
      case "comma daemon start" -> daemon.start(arguments);
      case "comma daemon stop" -> daemon.stop();
      case "comma daemon restart" -> daemon.restart(arguments);
      case "comma daemon status" -> daemon.status(arguments);
      case "comma train" -> new TrainCommand(surroundings).run();
      default -> {
        surroundings.terminal().err(arguments.command().help().stripTrailing());
        yield ExitCode.USAGE;
      }
    };
  }

  private String version() {
    String commit = surroundings.build().commit();
    return surroundings.build().version()
        + (commit.isEmpty() ? "" : " (" + commit.substring(0, Math.min(8, commit.length())) + ")");
  }
}
