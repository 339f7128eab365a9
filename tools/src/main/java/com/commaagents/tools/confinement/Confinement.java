package com.commaagents.tools.confinement;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What keeps commands from writing wherever their user may. Reading and the network are left open.
/// Thread-safe.
public sealed interface Confinement permits Unconfined, Bubblewrap, Landlock {
  /// Commands do what their user may.
  static Confinement none() {
    return new Unconfined();
  }

  /// What confines, in a few words; empty where nothing does.
  Optional<String> name();

  /// Where commands may write besides their workspace.
  WritablePlaces places();

  /// Whether what a failed command said can come from a refused write.
  boolean looksRefused(String output);

  /// Costs nothing before something is started there.
  ///
  /// @param workspace absolute, without links
  Cell open(Path workspace);

  /// For a model: where a command may write, when it failed for writing elsewhere.
  default Optional<String> advice(String output, Path workspace) {
    if (name().isEmpty() || !looksRefused(output)) {
      return Optional.empty();
    }
    String places =
        Stream.concat(Stream.of(workspace), places().existing().stream())
            .map(Path::toString)
            .collect(Collectors.joining(", "));
    return Optional.of(
        "Commands are confined and may write in these folders only: "
            + places
            + ". Write there, or say that the setting commandWrites lacks a folder.");
  }
}
