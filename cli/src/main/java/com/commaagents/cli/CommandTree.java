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

  private static final Option JSON = Option.flag("One JSON object.", "--json");
  private static final Option LIVE = Option.flag("Ask the providers themselves.", "--live");
  private static final String NO_QUESTION = "Do not ask.";

  static final Syntax ROOT =
      Syntax.group(
          "comma",
          "Runs multi-agent strategies, in a daemon that keeps them.",
          run(),
          runs(),
          Syntax.group(
              "comma strategies",
              "Shows which strategies can be run by name.",
              Syntax.command(
                  "comma strategies list",
                  "Lists them, the nearest first, with what is wrong with others.",
                  Option.value("DIR", "For this folder; default: the current one.", "--cwd"),
                  JSON)),
          providers(),
          models(),
          mcp(),
          packages(),
          doctor(),
          Syntax.group(
              "comma daemon",
              "Starts, stops and shows the daemon.",
              start(),
              Syntax.command("comma daemon stop", "Stops the daemon and the runs it has."),
              restart(),
              Syntax.command(
                  "comma daemon status",
                  "Shows whether the daemon runs; exit code 3 when not.",
                  JSON)),
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
            Option.value(
                "RUN", "Watch a run that others have started; Ctrl-C leaves it.", "--attach", "-a"),
            Option.flag(
                "Leave the run once it has begun; it goes on in the daemon.", "--detach", "-d"),
            Option.flag("Each message as a line of JSON, for programs.", "--json"),
            Option.flag("Plain text, also in a terminal.", "--no-color"),
            Option.flag("Only the result, or the id of a run that is left.", "--quiet", "-q"),
            Option.flag("Allow whatever an agent asks permission for.", "--yes", "-y"))
        .withMore(LimitOptions.all())
        .withWords("STRATEGY", "-")
        .withFooter(
            "A lone - behind the strategy reads the input from the standard input.",
            "Exit codes: 0 completed, 1 failed, 2 wrong usage, 3 trouble with the daemon, 130"
                + " stopped.");
  }

  private static Syntax runs() {
    return Syntax.group(
        "comma runs",
        "Shows, stops, steers and deletes runs.",
        Syntax.command(
            "comma runs list",
            "Lists runs, the one that was started last first.",
            Option.value("S", "Only pending, running, completed, error, cancelled.", "--status"),
            Option.value("DIR", "Only those of exactly this folder.", "--cwd"),
            Option.value("TEXT", "Only where it stands in id, name, path or folder.", "--query"),
            Option.value("N", "At most so many; default: 50.", "--limit"),
            Option.value("RUN", "Only those that stand behind this one.", "--before"),
            JSON),
        Syntax.command(
                "comma runs show",
                "Shows what a run is, how it stands, and what was said.",
                JSON,
                Option.flag("Plain text, also in a terminal.", "--no-color"))
            .withWords("RUN"),
        Syntax.command(
                "comma runs export",
                "Writes a run's timeline: one JSON object a line.",
                Option.value("FILE", "Into a new file; default: standard output.", "--to"))
            .withWords("RUN"),
        Syntax.command("comma runs stop", "Stops runs that are live.").withWords("RUN…"),
        Syntax.command(
                "comma runs steer", "Hands a text to the agent of a live run that is called next.")
            .withWords("RUN", "TEXT"),
        Syntax.command(
                "comma runs delete",
                "Deletes runs that are not live.",
                Option.flag(NO_QUESTION, "--yes", "-y"))
            .withWords("RUN…"),
        prune());
  }

  private static Syntax prune() {
    return Syntax.command(
            "comma runs prune",
            "Deletes old runs. What goes is shown first; nothing that is live goes.",
            Option.value("TIME", "Those that ended longer ago: 12h, 30d, 2w.", "--older-than"),
            Option.value("SIZE", "The oldest, until all fit into: 500MiB, 2GiB.", "--max-size"),
            Option.value("N", "Never the N that were started last.", "--keep"),
            Option.flag(NO_QUESTION, "--yes", "-y"),
            Option.flag("Only show what would go.", "--dry-run"))
        .withFooter(
            "What --older-than or --max-size names goes, but for those that --keep protects.",
            "Alone, --keep lets all others go.");
  }

  private static Syntax providers() {
    return Syntax.group(
        "comma providers",
        "Shows the providers of models, and keeps their keys.",
        Syntax.command(
            "comma providers list",
            "Lists all providers, and whether each can be called.",
            LIVE,
            JSON),
        Syntax.command("comma providers set-key", "Keeps a provider's key, for all strategies.")
            .withWords("PROVIDER")
            .withFooter(
                "The key is asked for and not shown; where nobody can be asked, it is read from the"
                    + " standard input."));
  }

  private static Syntax models() {
    return Syntax.group(
        "comma models",
        "Shows what is known of models.",
        Syntax.command(
                "comma models list",
                "Lists the models that can be called, with limits, prices and abilities.",
                Option.flag("Also those whose provider has no credential.", "--all", "-a"),
                LIVE,
                JSON)
            .withWords("QUERY")
            .withFooter("QUERY is a part of a name, in any case."));
  }

  private static Syntax mcp() {
    Option run = Option.value("RUN", "Those of this run, and for it alone.", "--run");
    Option strategy =
        Option.value("FILE", "Also those that this strategy file defines.", "--strategy");
    Option cwd = Option.value("DIR", "Those of this folder; default: the current one.", "--cwd");
    return Syntax.group(
        "comma mcp",
        "Shows MCP servers, and turns them on and off.",
        Syntax.command(
            "comma mcp list", "Lists them, and how they stand.", run, strategy, cwd, JSON),
        Syntax.command(
                "comma mcp enable",
                "Turns a server on; approves one that is a program of a working folder.",
                run,
                strategy,
                cwd,
                JSON)
            .withWords("SERVER"),
        Syntax.command(
                "comma mcp disable",
                "Turns a server off: for a run, or for all to come.",
                run,
                strategy,
                cwd,
                JSON)
            .withWords("SERVER"));
  }

  private static Syntax packages() {
    Option allowCode = Option.flag("Let the package run what it brings along.", "--allow-code");
    return Syntax.group(
        "comma packages",
        "Installs packages with strategies from a registry, and takes them away.",
        Syntax.command("comma packages list", "Lists what is installed and what can be had.", JSON),
        Syntax.command(
                "comma packages install",
                "Installs the newest version, or one that is pinned.",
                allowCode)
            .withWords("@SCOPE/NAME[@VERSION]")
            .withFooter(
                "Without --allow-code a package that would run code is not installed, and what it"
                    + " would run is told."),
        Syntax.command(
                "comma packages update",
                "Brings the newest version, or one that is pinned; @latest unpins.",
                allowCode)
            .withWords("@SCOPE/NAME[@VERSION]"),
        Syntax.command(
                "comma packages remove", "Takes a package away, with the approval of its code.")
            .withWords("@SCOPE/NAME"));
  }

  private static Syntax doctor() {
    return Syntax.command(
            "comma doctor",
            "Says what is wrong with the data folder and the runs in it; changes nothing.",
            Option.flag("Put right what can be; no daemon may run.", "--repair"),
            JSON)
        .withFooter("Exit codes: 0 sound, 1 problems, 2 wrong usage, 3 a daemon is in the way.");
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
