package com.commaagents.tools.confinement;

import com.commaagents.base.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Finds out which confinement this machine offers, by confining a command that tries to break out.
public final class Confinements {
  static final Duration PATIENCE = Duration.ofSeconds(5);

  // The first of them must succeed and the second must not; which is seen by the files.
  private static final String ATTEMPT = ": >inside; : >../outside; read -r _";

  private final SearchPath searchPath;
  private final Clock clock;

  /// @param searchPath where `bwrap`, `sh` and `setsid` are looked for
  public Confinements(SearchPath searchPath, Clock clock) {
    this.searchPath = searchPath;
    this.clock = clock;
  }

  /// What was found when one kind of confinement was tried.
  public sealed interface Trial {
    record Works(Confinement confinement) implements Trial {}

    /// @param reason a part of a sentence, and what to do about it
    record Fails(String reason) implements Trial {}
  }

  /// Whether bubblewrap works here.
  public Trial bubblewrap(WritablePlaces places) throws InterruptedException {
    Optional<Path> program = searchPath.program("bwrap");
    if (program.isEmpty()) {
      return new Trial.Fails("bwrap is not on the PATH (its package is bubblewrap)");
    }
    try {
      String version = version(program.get());
      boolean root = isRoot();
      return tried(
          places, chosen -> new Bubblewrap(program.get(), version, shell(), root, chosen, clock));
    } catch (IOException failed) {
      return new Trial.Fails("bubblewrap does not work here: " + failed.getMessage());
    }
  }

  /// Whether Landlock works here.
  public Trial landlock(WritablePlaces places) throws InterruptedException {
    Optional<LinuxCalls> calls = LinuxCalls.find();
    if (calls.isEmpty()) {
      return new Trial.Fails("Landlock is a part of Linux");
    }
    int version;
    try {
      version = Landlock.version(calls.get());
    } catch (IOException none) {
      return new Trial.Fails("this kernel has no Landlock, or it is switched off");
    }
    if (version < Landlock.LEAST_VERSION) {
      return new Trial.Fails(
          "this kernel's Landlock is of version "
              + version
              + ", and "
              + Landlock.LEAST_VERSION
              + " is needed (Linux 6.2)");
    }
    try {
      return tried(places, chosen -> new Landlock(calls.get(), version, chosen));
    } catch (IOException failed) {
      return new Trial.Fails("Landlock does not work here: " + failed.getMessage());
    }
  }

  private interface Made {
    Confinement with(WritablePlaces places);
  }

  private Trial tried(WritablePlaces places, Made made) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("comma-confinement").toRealPath();
    Path workspace = folder.resolve("workspace");
    try {
      Files.createDirectory(workspace);
      // Without the temporary folders: one of them is around the attempt.
      Confinement bare = made.with(new WritablePlaces(List.of(), places.hidden()));
      String complaint = attempt(bare, workspace);
      if (!Files.exists(workspace.resolve("inside"))) {
        return new Trial.Fails("a command could not write in its workspace: " + complaint);
      }
      if (Files.exists(folder.resolve("outside"))) {
        return new Trial.Fails("a command could write outside of its workspace all the same");
      }
      return new Trial.Works(made.with(places));
    } finally {
      for (String name : List.of("workspace/inside", "outside", "workspace", "")) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  private String attempt(Confinement confinement, Path workspace)
      throws IOException, InterruptedException {
    List<String> program = List.of(shell().toString(), "-c", ATTEMPT);
    try (Cell cell = confinement.open(workspace)) {
      Process process =
          cell.start(
              new Launch(
                  List.of(),
                  program,
                  workspace,
                  Map.of("PATH", searchPath.folders()),
                  Map.of(),
                  "trial"));
      process.getOutputStream().close();
      try (var _ = process.getInputStream();
          var complaint = process.getErrorStream()) {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new IOException("a command did not end within " + PATIENCE.toSeconds() + " s");
        }
        byte[] said = complaint.readNBytes(complaint.available());
        return new String(said, StandardCharsets.UTF_8).strip();
      }
    }
  }

  private static String version(Path program) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(program.toString(), "--version").start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new IOException("it does not tell its version");
    }
    try (var _ = process.getErrorStream();
        var told = process.getInputStream()) {
      String version = new String(told.readNBytes(256), StandardCharsets.UTF_8).strip();
      return version.matches("bubblewrap [0-9.]+") ? version : "bubblewrap";
    }
  }

  private Path shell() {
    return searchPath.program("sh").orElse(Path.of("/bin/sh"));
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }
}
