package com.commaagents.cli;

import com.commaagents.cli.arguments.Option;
import com.commaagents.cli.arguments.Syntax;
import com.commaagents.cli.run.LimitOptions;

/// The commands of `comma` and their options.
final class CommandTree {
  private static final Option PORT =
      Option.value("N", "The port to listen on; 0 is any that is free.", "--port", "-p");
  private static final Option MODEL_OVERRIDE =
      Option.value("P/M", "Use this model for every agent of every run.", "--model-override");
  private static final Option VERBOSE = Option.flag("Log more.", "--verbose", "-v");

  static final Syntax ROOT =
      Syntax.group(
          "comma",
          "Runs multi-agent strategies, in a daemon that keeps them.",
          run(),
          Syntax.group(
              "comma daemon",
              "Starts, stops and shows the daemon.",
              start(),
              Syntax.command("comma daemon stop", "Stops the daemon and the runs it has."),
              restart(),
              Syntax.command(
                  "comma daemon status",
                  "Shows whether the daemon runs; exit code 3 when not.",
                  Option.flag("One JSON object.", "--json"))),
          // For the launcher, once after a build.
          Syntax.command("comma train", "Makes one small run, to warm up a start-up cache.")
              .asHidden());

  private CommandTree() {}

  private static Syntax run() {
    return Syntax.command(
            "comma run",
            "Runs a strategy, given as a file or by its name, and shows what happens. Starts the"
                + " daemon when none runs.",
            Option.value("TEXT", "What the run is about.", "--input", "-i"),
            Option.value(
                "FILE", "Read the input from a file; - is the standard input.", "--input-file"),
            Option.value("DIR", "The folder the agents work in; default: this one.", "--cwd"),
            Option.value("P/M", "Use this model for every agent.", "--model", "-m"),
            Option.value("ID", "The new run's id; default: a random one.", "--run-id"),
            Option.value("RUN", "Give a finished run a further prompt.", "--continue", "-c"),
            Option.value("RUN", "Go on with an interrupted run where it stood.", "--resume"),
            Option.flag("Each message as a line of JSON, for programs.", "--json"),
            Option.flag("Plain text, also in a terminal.", "--no-color"),
            Option.flag("Only the result.", "--quiet", "-q"),
            Option.flag("Allow whatever an agent asks permission for.", "--yes", "-y"))
        .withMore(LimitOptions.all())
        .withWords("STRATEGY", "-")
        .withFooter(
            "A lone - behind the strategy reads the input from the standard input.",
            "Exit codes: 0 completed, 1 failed, 2 wrong usage, 3 trouble with the daemon, 130"
                + " stopped.");
  }

  private static Syntax start() {
    return Syntax.command(
        "comma daemon start",
        "Starts the daemon in the background.",
        PORT,
        MODEL_OVERRIDE,
        VERBOSE,
        Option.flag("Stay in this terminal.", "--foreground", "-f"),
        Option.hidden("--log-to-file-only"));
  }

  private static Syntax restart() {
    return Syntax.command(
        "comma daemon restart", "Stops the daemon, then starts it.", PORT, MODEL_OVERRIDE, VERBOSE);
  }
}
