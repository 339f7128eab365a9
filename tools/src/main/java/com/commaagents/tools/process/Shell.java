package com.commaagents.tools.process;

import com.commaagents.tools.confinement.SearchPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a command line becomes a process of this system.
///
/// A small shell watches over the one that runs the command and waits until it is told to end. It
/// writes the exit code behind the command's output, so that the end of the command is seen even
/// when something it left behind keeps the pipe open. The watcher must not end before the pipe has
/// been closed here: Java reads what is left in the pipe of a process that ended, without a bound,
/// and somebody who still writes would fill the memory.
///
/// The watcher checks that it is in the folder that was judged: by then the folder is held.
///
/// @param setsid the program that gives the command a session of its own, without a terminal; empty
///   where there is none
/// @param watcher a POSIX shell
/// @param shell runs the command; bash where there is one
record Shell(Optional<Path> setsid, Path watcher, Path shell) {
  static final String MOVED = "moved";
  private static final String WATCH =
      """
      cd -P . && [ "$PWD" = "$4" ] || { printf '\\n%s %s\\n' "$1" moved; read -r _; exit; }
      "$2" -c "$3" </dev/null
      printf '\\n%s %s\\n' "$1" "$?"
      read -r _
      """;

  /// Looks for the programs in the folders of a search path.
  static Shell find(SearchPath searchPath) {
    Path watcher = searchPath.program("sh").orElse(Path.of("/bin/sh"));
    return new Shell(
        searchPath.program("setsid"), watcher, searchPath.program("bash").orElse(watcher));
  }

  /// @param token stands before the exit code in the output
  List<String> arguments(String command, String token, Path directory) {
    return List.of(
        watcher.toString(),
        "-c",
        WATCH,
        "comma",
        token,
        shell.toString(),
        command,
        directory.toString());
  }

  /// What stands before those, where the command can have a session of its own.
  List<String> session() {
    return setsid.stream().map(Path::toString).toList();
  }
}
