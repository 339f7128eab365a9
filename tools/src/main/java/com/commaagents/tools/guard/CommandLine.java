package com.commaagents.tools.guard;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A command as it would run: with the variables it is given, since a shell and most programs do
/// what variables tell them (`BASH_ENV`, `LD_PRELOAD`, `GIT_SSH_COMMAND`).
///
/// @param line what a shell is to run
/// @param variables set before it, by name
/// @param directory where it would run, resolved
public record CommandLine(String line, SortedMap<String, String> variables, Path directory) {
  public CommandLine {
    variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
  }

  public CommandLine(String line, Map<String, String> variables, Path directory) {
    this(line, new TreeMap<>(variables), directory);
  }

  /// The line itself, behind an `export` of its variables where there are some: what is judged,
  /// shown to a person, and remembered.
  String script() {
    if (variables.isEmpty()) {
      return line;
    }
    StringBuilder script = new StringBuilder("export");
    variables.forEach((name, value) ->
        script
            .append(' ')
            .append(name)
            .append("='")
            .append(value.replace("'", "'\\''"))
            .append('\''));
    return script.append("; ").append(line).toString();
  }
}
