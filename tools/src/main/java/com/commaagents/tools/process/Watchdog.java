package com.commaagents.tools.process;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.tools.confinement.SearchPath;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A small process beside this one that ends the commands when this one has died, also by `kill
/// -9`: nothing but the system could do so otherwise.
///
/// It waits for the end of a pipe that only this process holds open, then kills whoever carries the
/// mark in its environment, and whoever is in a process group of such a one, in several rounds: a
/// command may be about to begin. On an orderly end there is nobody left to kill. Linux only, where
/// `/proc` tells environments; elsewhere there is none.
///
/// Thread-safe: one private lock, held while the process is started.
final class Watchdog {
  static final String NAME = "comma-watchdog";
  private static final Path ENVIRONMENTS = Path.of("/proc/self/environ");
  private static final String WATCH =
      """
      read -r _
      for round in 1 2 3 4 5 6 7 8 9 10; do
        for file in $(grep -alF -- "$1" /proc/[0-9]*/environ 2>/dev/null); do
          pid=${file#/proc/}
          pid=${pid%/environ}
          kill -s KILL -- "-$pid" 2>/dev/null
          kill -s KILL "$pid" 2>/dev/null
        done
        sleep 0.1
      done
      """;

  private final Shell shell;
  private final SearchPath searchPath;
  private final String mark;
  // Held, so that its pipe is not closed before its time.
  private @Nullable Process process;

  Watchdog(Shell shell, SearchPath searchPath, IdGenerator ids) {
    this.shell = shell;
    this.searchPath = searchPath;
    mark = ids.next();
  }

  /// What the values of [CommandRunner#MARK] have to begin with, before a slash.
  String mark() {
    return mark;
  }

  /// Makes sure that it watches; called before a command is started.
  synchronized void wake() throws IOException {
    if (Files.exists(ENVIRONMENTS) && (process == null || !process.isAlive())) {
      process = start();
    }
  }

  /// The process, where one watches.
  synchronized Optional<ProcessHandle> handle() {
    return Optional.ofNullable(process).map(Process::toHandle);
  }

  // In a session of its own, so that what ends this process's group does not end it as well.
  private Process start() throws IOException {
    List<String> arguments = new ArrayList<>();
    shell.setsid().ifPresent(path -> arguments.add(path.toString()));
    String wanted = CommandRunner.MARK + "=" + mark + "/";
    arguments.addAll(List.of(shell.watcher().toString(), "-c", WATCH, NAME, wanted));
    ProcessBuilder builder =
        new ProcessBuilder(arguments)
            .directory(Path.of("/").toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().put("PATH", searchPath.folders());
    return builder.start();
  }
}
