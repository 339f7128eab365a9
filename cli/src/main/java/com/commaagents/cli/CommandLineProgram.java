package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Understands a command line, does what it says and gives the exit code.
final class CommandLineProgram {
  private final Surroundings surroundings;

  CommandLineProgram(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  int run(String... arguments) throws InterruptedException {
    CommandLine line = CommandTree.create(version());
    try {
      ParseResult parsed = line.parseArgs(arguments);
      return dispatch(parsed);
    } catch (ParameterException wrong) {
      surroundings.terminal().err(String.valueOf(wrong.getMessage()));
      surroundings
          .terminal()
          .err("Try: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
      return ExitCode.USAGE;
    } catch (Fault fault) {
      surroundings.terminal().err(fault.message());
      return ExitCode.of(fault);
    }
  }

  private String version() {
    String commit = surroundings.build().commit();
    return surroundings.build().version()
        + (commit.isEmpty() ? "" : " (" + commit.substring(0, Math.min(8, commit.length())) + ")");
  }

  private int dispatch(ParseResult parsed) throws InterruptedException {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine command = last.commandSpec().commandLine();
    if (last.isVersionHelpRequested()) {
      surroundings.terminal().out("comma " + version() + "\n");
      return ExitCode.DONE;
    }
    if (last.isUsageHelpRequested()) {
      surroundings.terminal().out(command.getUsageMessage());
      return ExitCode.DONE;
    }
    DaemonCommands daemon = new DaemonCommands(surroundings);
    return switch (last.commandSpec().qualifiedName(" ")) {
      case "comma run" -> new RunCommand(surroundings, last).run();
      case "comma daemon start" -> daemon.start(last);
      case "comma daemon stop" -> daemon.stop();
      case "comma daemon restart" -> daemon.restart(last);
      case "comma daemon status" -> daemon.status(last);
      case "comma train" -> new TrainCommand(surroundings).run();
      default -> {
        surroundings.terminal().err(command.getUsageMessage().stripTrailing());
        yield ExitCode.USAGE;
      }
    };
  }
}
