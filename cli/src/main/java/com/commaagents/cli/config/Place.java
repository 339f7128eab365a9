package com.commaagents.cli.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a command was started: its environment variables, the user's home, the working directory.
///
/// A variable that is set to nothing counts as not set.
public record Place(Map<String, String> variables, Path home, Path workingDirectory) {
  public Place {
    variables = Map.copyOf(variables);
    home = home.toAbsolutePath().normalize();
    workingDirectory = workingDirectory.toAbsolutePath().normalize();
  }

  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /// The data folder: `COMMA_HOME`, else `.comma` in the user's home.
  public Path dataDirectory() {
    return variable("COMMA_HOME")
        .map(text -> resolve(workingDirectory, text))
        .orElseGet(() -> home.resolve(".comma"));
  }

  /// A path as people write it: `~/` is the home, a relative one starts at `base`.
  public Path resolve(Path base, String text) {
    if (text.equals("~")) {
      return home;
    }
    Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : base.resolve(text);
    return path.toAbsolutePath().normalize();
  }
}
