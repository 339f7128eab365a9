package com.commaagents.cli;

import java.util.stream.Stream;
import java.util.List;
import com.commaagents.cli.run.RunRequest.Verb;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.cli.arguments.Arguments;
import com.commaagents.cli.client.DaemonLink;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.config.Secret;
import com.commaagents.cli.daemon.LockHolder;
import com.commaagents.cli.daemon.ShutdownHook;
import com.commaagents.cli.run.EventView;
import com.commaagents.cli.run.LimitOptions;
import com.commaagents.cli.run.ModelChoice;
import com.commaagents.cli.run.Outcome;
import com.commaagents.cli.run.RunRequest;
import com.commaagents.cli.run.RunSession;
import com.commaagents.cli.run.StrategyFile;
import com.commaagents.cli.run.Views;
import com.commaagents.cli.terminal.PlainTerminal;
import com.commaagents.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `comma run`.
final class RunCommand {
  /// An input is a prompt, not a data set.
  static final int MAX_INPUT_BYTES = 4 << 20;

  /// After a Ctrl-C the session waits for the daemon, and this command a little longer for it.
  private static final Duration INTERRUPT_PATIENCE = RunSession.STOP_PATIENCE.plusSeconds(2);

  // What has no meaning beside the name of a run that was started before.
  private static final List<String> NOT_WHEN_BARE =
      List.of(
          "--attach",
          "--continue",
          "--resume",
          "--run-id",
          "--model",
          "--cwd",
          "--input",
          "--input-file");

  private final Surroundings surroundings;
  private final Arguments arguments;
  private final Place place;
  private final Terminal terminal;

  RunCommand(Surroundings surroundings, Arguments arguments) {
    this.surroundings = surroundings;
    this.arguments = arguments;
    this.place = surroundings.place();
    this.terminal =
        arguments.has("--no-color")
            ? new PlainTerminal(surroundings.terminal())
            : surroundings.terminal();
  }

  int run() throws InterruptedException {
    DaemonSettings settings = DaemonSettings.load(place, Flags.NONE);
    RunRequest request = request().detachedIf(has("--detach"));
    refuseSenseless(request);
    LockHolder daemon = DaemonDoor.open(surroundings, terminal, settings, has("--quiet"));
    RunSession session =
        new RunSession(
            request,
            view(),
            terminal,
            terminal.interactive() && !has("--json") && !readsStandardInput(),
            has("--yes"),
            surroundings.clock());
    return run(session, settings, daemon).exitCode();
  }

  private void refuseSenseless(RunRequest request) {
    if (request.detached() && request.verb() == Verb.ATTACH) {
      throw usage("--attach watches a run, --detach leaves it: give one of them.");
    }
    if (request.detached() && has("--yes")) {
      throw usage(
          "--detach leaves the run, so nobody is there to allow what it asks: leave --yes"
              + " out and answer with --attach.");
    }
  }

  private Outcome run(RunSession session, DaemonSettings settings, LockHolder daemon)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    ShutdownHook hook =
        ShutdownHook.install(() -> {
          stop(session, ended);
          return ExitCode.STOPPED;
        });
    Outcome outcome =
        session.run(listener ->
            DaemonLink.connect(
                DaemonDoor.address(daemon), settings.token().map(Secret::value), listener));
    ended.countDown();
    hook.disarm();
    return outcome;
  }

  private static void stop(RunSession session, CountDownLatch ended) {
    try {
      session.interrupt();
      boolean _ = ended.await(INTERRUPT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException goingDown) {
      Thread.currentThread().interrupt();
    }
  }

  private RunRequest request() {
    if (option("--resume").isPresent()) {
      return bare(Verb.RESUME, "--resume", "goes on with what the run was started with");
    }
    if (option("--attach").isPresent()) {
      return bare(Verb.ATTACH, "--attach", "watches a run as it was started");
    }
    return prepared();
  }

  private RunRequest prepared() {
    Optional<String> continued = option("--continue");
    Optional<String> input = input();
    if (continued.isPresent() && input.isEmpty()) {
      throw usage("--continue goes on with a further prompt: give it with --input.");
    }
    if (continued.isPresent() && option("--run-id").isPresent()) {
      throw usage("--run-id names a new run, --continue a finished one: give one of them.");
    }
    Optional<StrategyFile> strategy = positional(0).map(word -> StrategyFile.find(word, place));
    if (strategy.isEmpty() && continued.isEmpty()) {
      throw usage("Which strategy? For example: comma run examples/code-review/strategy.yaml");
    }
    return new RunRequest(
        continued.isPresent() ? Verb.CONTINUE : Verb.START,
        strategy.map(StrategyFile::path),
        continued.or(() -> option("--run-id")),
        workingDirectory(),
        option("--model").or(() -> strategy.flatMap(this::chosenModel)),
        input,
        LimitOptions.read(arguments));
  }

  private RunRequest bare(Verb verb, String option, String what) {
    List<String> further =
        Stream.concat(NOT_WHEN_BARE.stream(), LimitOptions.names())
            .filter(name -> !name.equals(option) && option(name).isPresent())
            .toList();
    if (!further.isEmpty() || positional(0).isPresent()) {
      throw usage(
          "%s %s: leave %s out."
              .formatted(
                  option, what, further.isEmpty() ? "the strategy" : String.join(", ", further)));
    }
    return RunRequest.of(verb, option(option).orElseThrow(), place.workingDirectory());
  }

  private Path workingDirectory() {
    Path folder =
        option("--cwd")
            .map(text -> place.resolve(place.workingDirectory(), text))
            .orElse(place.workingDirectory());
    if (!Files.isDirectory(folder)) {
      throw usage("--cwd: no such folder: " + folder);
    }
    return folder;
  }

  private Optional<String> chosenModel(StrategyFile strategy) {
    return switch (ModelChoice.of(strategy, place)) {
      case ModelChoice.OfTheFile() -> Optional.empty();
      case ModelChoice.Usual(String model, String why) -> {
        terminal.err(why);
        yield Optional.of(model);
      }
      case ModelChoice.Scripted(String why) -> {
        terminal.err(why);
        yield Optional.of(ModelChoice.SCRIPTED_MODEL);
      }
    };
  }

  private Optional<String> input() {
    if (option("--input").isPresent() && fromFile().isPresent()) {
      throw usage("--input and --input-file: give one of them.");
    }
    return option("--input").or(() -> fromFile().map(this::read));
  }

  private Optional<String> fromFile() {
    if (positional(1).filter(word -> !word.equals("-")).isPresent()) {
      throw usage("What the run is about is given with --input.");
    }
    return option("--input-file").or(() -> positional(1));
  }

  private boolean readsStandardInput() {
    return fromFile().filter("-"::equals).isPresent();
  }

  private String read(String name) {
    try {
      if (name.equals("-")) {
        return surroundings.terminal().readAll(MAX_INPUT_BYTES);
      }
      Path file = place.resolve(place.workingDirectory(), name);
      if (Files.size(file) > MAX_INPUT_BYTES) {
        throw usage(file + " is larger than " + MAX_INPUT_BYTES + " bytes.");
      }
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw usage("The input " + name + " cannot be read: " + unreadable.getMessage());
    }
  }

  private EventView view() {
    if (has("--json")) {
      return Views.json(terminal);
    }
    return has("--quiet")
        ? Views.quiet(terminal)
        : Views.terminal(terminal, surroundings.programName());
  }

  private boolean has(String name) {
    return arguments.has(name);
  }

  private Optional<String> option(String name) {
    return arguments.value(name);
  }

  private Optional<String> positional(int index) {
    return arguments.word(index);
  }

  private static Fault usage(String message) {
    return new Fault(FaultCode.INVALID_INPUT, message);
  }
}
