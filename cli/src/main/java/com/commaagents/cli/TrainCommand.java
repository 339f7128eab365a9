package com.commaagents.cli;

import com.commaagents.base.json.Json;
import com.commaagents.cli.client.DaemonLink;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.DaemonControl;
import com.commaagents.cli.daemon.DaemonLog;
import com.commaagents.cli.daemon.RunningDaemon;
import com.commaagents.cli.run.ModelChoice;
import com.commaagents.cli.run.Outcome;
import com.commaagents.cli.run.RunRequest;
import com.commaagents.cli.run.RunSession;
import com.commaagents.cli.run.Views;
import com.commaagents.cli.terminal.SilentTerminal;
import com.commaagents.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// `comma train`: one scripted run through a daemon of this process, over the socket, shown to
/// nobody, in a folder of its own that is then removed.
///
/// The launcher calls it once after a build, with the JVM recording which classes are used: all
/// that a daemon, a run and its view need starts faster from then on.
final class TrainCommand {
  private static final List<String> FILES = List.of("strategy.yaml", "strategy.script.yaml");

  private final Surroundings surroundings;

  TrainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  int run() throws InterruptedException {
    try {
      Path folder = Files.createTempDirectory("comma-train");
      try {
        return run(folder);
      } finally {
        remove(folder);
      }
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  private int run(Path folder) throws IOException, InterruptedException {
    for (String file : FILES) {
      try (InputStream resource = TrainCommand.class.getResourceAsStream("training/" + file)) {
        if (resource == null) {
          throw new IOException("not in this build: training/" + file);
        }
        Files.copy(resource, folder.resolve(file));
      }
    }
    Map<String, String> variables = new HashMap<>(surroundings.place().variables());
    variables.keySet().removeIf(name -> name.startsWith("COMMA_DAEMON_"));
    variables.put("COMMA_HOME", folder.resolve("home").toString());
    Place place = new Place(variables, folder, folder);
    Flags flags = new Flags(OptionalInt.of(0), Optional.empty(), false);
    DaemonSettings settings = DaemonSettings.load(place, flags);
    try (RunningDaemon daemon =
        RunningDaemon.start(
            settings,
            ready -> {
              DaemonLog.open(ready, false);
              return surroundings.factory().start(ready);
            },
            surroundings.build(),
            surroundings.clock())) {
      Outcome outcome = runOnce(daemon, folder);
      new DaemonControl(settings, flags, surroundings.self(), surroundings.clock()).status();
      return outcome.exitCode();
    }
  }

  private Outcome runOnce(RunningDaemon daemon, Path folder) throws InterruptedException {
    Terminal nobody = new SilentTerminal();
    RunRequest request =
        new RunRequest(
            RunRequest.Verb.START,
            Optional.of(folder.resolve("strategy.yaml")),
            Optional.empty(),
            folder,
            Optional.of(ModelChoice.SCRIPTED_MODEL),
            Optional.of("warm up"),
            Json.object());
    RunSession session =
        new RunSession(
            request, Views.terminal(nobody, "comma"), nobody, false, true, surroundings.clock());
    Outcome outcome =
        session.run(listener ->
            DaemonLink.connect(
                DaemonSettings.localAddress(
                    "ws", daemon.holder().host(), daemon.holder().port().orElse(0), "/ws"),
                Optional.empty(),
                listener));
    if (!(outcome instanceof Outcome.Completed)) {
      surroundings.terminal().err("The training run did not complete: " + outcome);
    }
    return outcome;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.getNameCount() - a.getNameCount()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
