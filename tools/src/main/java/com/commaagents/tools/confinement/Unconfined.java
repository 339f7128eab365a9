package com.commaagents.tools.confinement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// No confinement: a command may do what its user may.
final class Unconfined implements Confinement {
  @Override
  public Optional<String> name() {
    return Optional.empty();
  }

  @Override
  public WritablePlaces places() {
    return new WritablePlaces(List.of(), Optional.empty());
  }

  @Override
  public boolean looksRefused(String output) {
    return false;
  }

  @Override
  public Cell open(Path workspace) {
    return new Cell() {
      @Override
      public Process start(Launch launch) throws IOException {
        List<String> arguments = new ArrayList<>(launch.session());
        arguments.addAll(launch.program());
        return Unconfined.start(arguments, launch.directory(), launch.allVariables());
      }

      @Override
      public void close() {}
    };
  }

  /// Starts a program with these variables and no others.
  static Process start(List<String> arguments, Path directory, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(arguments).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder.start();
  }
}
