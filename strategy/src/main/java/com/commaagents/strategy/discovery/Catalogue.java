package com.commaagents.strategy.discovery;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a search found: no two strategies have one name.
///
/// @param strategies the nearest place first, in each by file name
/// @param warnings what was passed over, and why
public record Catalogue(List<FoundStrategy> strategies, List<Warning> warnings) {
  /// @param message one line
  public record Warning(Path path, String message) {}

  public Catalogue {
    strategies = List.copyOf(strategies);
    warnings = List.copyOf(warnings);
  }

  /// The strategy of that name, or else the one whose file is called so.
  public Optional<FoundStrategy> find(String nameOrId) {
    return Stream.concat(
            strategies.stream().filter(found -> found.name().equals(nameOrId)),
            strategies.stream().filter(found -> found.id().equals(nameOrId)))
        .findFirst();
  }
}
