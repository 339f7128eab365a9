package com.commaagents.strategy.discovery;

import java.nio.file.Path;
import java.util.Optional;

/// A strategy that can be started by name.
///
/// @param id the file's name without its extension, in a project the project's id for it
/// @param name as the file says, in a project `project/id`
/// @param file absolute
public record FoundStrategy(
    String id, String name, Optional<String> description, Path file, Origin origin) {
  /// Where strategies come from, the nearest first.
  public enum Origin {
    /// `.comma/strategies` of the folder somebody works in.
    WORKSPACE,
    /// `strategies` of the user's data folder.
    DATA_FOLDER,
    /// `packages` of the user's data folder.
    PACKAGE,
    /// Those that come with the program.
    BUNDLED
  }
}
