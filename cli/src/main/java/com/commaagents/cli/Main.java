package com.commaagents.cli;

import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.BackgroundProcess;
import com.commaagents.cli.daemon.Build;
import com.commaagents.cli.terminal.SystemTerminal;
import com.commaagents.cli.terminal.Terminal;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The one place that reads the real environment; everything else is given what it needs.
///
/// The launcher script tells by system properties what it knows anyway: `comma.launcher` its own
/// path, `comma.name` how it was called, `comma.commit` what was built, `comma.terminal` which of
/// standard input (`i`) and output (`o`) is a terminal, `comma.columns` how wide that is.
public final class Main {
  private static final int DEFAULT_COLUMNS = 100;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    int code = new CommandLineProgram(surroundings()).run(arguments);
    System.exit(code);
  }

  private static Surroundings surroundings() {
    Map<String, String> variables = System.getenv();
    Place place = new Place(variables, Path.of(System.getProperty("user.home")), Path.of(""));
    return new Surroundings(
        System.getProperty("comma.name", "comma"),
        place,
        terminal(place),
        build(),
        new BackgroundProcess.Program(self(), setsid(place)),
        new Wiring(place),
        Clock.system());
  }

  private static Terminal terminal(Place place) {
    String ends = System.getProperty("comma.terminal", "");
    boolean output = ends.contains("o");
    boolean colours =
        output
            && place.variable("NO_COLOR").isEmpty()
            && place.variable("TERM").filter("dumb"::equals).isEmpty();
    return new SystemTerminal(output && ends.contains("i"), colours, columns(place));
  }

  private static int columns(Place place) {
    String text =
        Optional.ofNullable(System.getProperty("comma.columns"))
            .or(() -> place.variable("COLUMNS"))
            .orElse("");
    return text.matches("[1-9]\\d{1,3}") ? Integer.parseInt(text) : DEFAULT_COLUMNS;
  }

  private static Build build() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new Build(
        version == null ? "development" : version, System.getProperty("comma.commit", ""));
  }

  // Through the launcher a daemon gets the launcher's flags and its start-up cache.
  private static List<String> self() {
    String launcher = System.getProperty("comma.launcher");
    return launcher != null
        ? List.of(launcher)
        : List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
  }

  private static Optional<Path> setsid(Place place) {
    for (String folder : place.variable("PATH").orElse("").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "setsid"))) {
        return Optional.of(Path.of(folder, "setsid"));
      }
    }
    return Optional.empty();
  }
}
