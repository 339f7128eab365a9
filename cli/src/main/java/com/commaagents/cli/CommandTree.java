package com.commaagents.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The words and flags of the command line.
///
/// Built by calls and not by annotations: reading those costs more than the rest of the start.
final class CommandTree {
  private CommandTree() {}

  static CommandLine create(String version) {
    CommandSpec root =
        command("comma", "Runs multi-agent strategies, in a daemon that keeps them.");
    root.version("comma " + version);
    root.addSubcommand("run", run());
    root.addSubcommand("daemon", daemon());
    root.addSubcommand("train", train());
    return new CommandLine(root);
  }

  private static CommandSpec run() {
    CommandSpec run =
        command("run", "Runs a strategy and shows what happens. Starts the daemon when none runs.");
    run.usageMessage()
        .footer(
            "",
            "Exit codes: 0 completed, 1 failed, 2 wrong usage, 3 trouble with the daemon, 130"
                + " stopped.");
    run.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("STRATEGY")
            .index("0")
            .arity("0..1")
            .type(String.class)
            .description("A strategy file, or the name of a strategy.")
            .build());
    run.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("-")
            .index("1")
            .arity("0..1")
            .type(String.class)
            .description("Read the input from the standard input.")
            .build());
    run.addOption(text("TEXT", "What the run is about.", "-i", "--input"));
    run.addOption(
        text("FILE", "Read the input from a file; - is the standard input.", "--input-file"));
    run.addOption(text("DIR", "The folder the agents work in; default: this one.", "--cwd"));
    run.addOption(text("P/M", "Use this model for every agent.", "-m", "--model"));
    run.addOption(text("ID", "The new run's id; default: a random one.", "--run-id"));
    run.addOption(text("RUN", "Go on with a finished run.", "-c", "--continue"));
    run.addOption(flag("Each message as a line of JSON, for programs.", "--json"));
    run.addOption(flag("Plain text, also in a terminal.", "--no-color"));
    run.addOption(flag("Only the result.", "-q", "--quiet"));
    run.addOption(flag("Allow whatever an agent asks permission for.", "-y", "--yes"));
    return run;
  }

  private static CommandSpec daemon() {
    CommandSpec daemon = command("daemon", "Starts, stops and shows the daemon.");
    daemon.addSubcommand(
        "start", startFlags(command("start", "Starts the daemon in the background.")));
    daemon.addSubcommand("stop", command("stop", "Stops the daemon and the runs it has."));
    daemon.addSubcommand(
        "restart", startFlags(command("restart", "Stops the daemon, then starts it.")));
    CommandSpec status = command("status", "Shows whether the daemon runs; exit code 3 when not.");
    status.addOption(flag("One JSON object.", "--json"));
    daemon.addSubcommand("status", status);
    return daemon;
  }

  private static CommandSpec startFlags(CommandSpec command) {
    command.addOption(
        OptionSpec.builder("-p", "--port")
            .paramLabel("N")
            .type(Integer.class)
            .description("The port to listen on; 0 is any that is free.")
            .build());
    command.addOption(
        text("P/M", "Use this model for every agent of every run.", "--model-override"));
    command.addOption(flag("Log more.", "-v", "--verbose"));
    if (command.name().equals("start")) {
      command.addOption(flag("Stay in this terminal.", "-f", "--foreground"));
      command.addOption(
          OptionSpec.builder("--log-to-file-only")
              .type(Boolean.class)
              .arity("0")
              .hidden(true)
              .build());
    }
    return command;
  }

  // For the launcher, once after a build.
  private static CommandSpec train() {
    CommandSpec train = command("train", "Runs through a small run, to warm up a start-up cache.");
    train.usageMessage().hidden(true);
    return train;
  }

  private static CommandSpec command(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
    spec.usageMessage().description(description);
    return spec;
  }

  private static OptionSpec text(String label, String description, String name, String... names) {
    return OptionSpec.builder(name, names)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  private static OptionSpec flag(String description, String name, String... names) {
    return OptionSpec.builder(name, names)
        .type(Boolean.class)
        .arity("0")
        .description(description)
        .build();
  }
}
