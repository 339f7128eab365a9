package com.commaagents.strategy.discovery;

import java.nio.file.Path;
import java.util.Optional;

/// A file that may be a strategy, and what a manifest calls it.
///
/// @param file absolute
record Candidate(Path file, Optional<Listing> listing) {
  /// @param name `project/id`
  record Listing(String id, String name, Optional<String> description) {}

  static Candidate plain(Path file) {
    return new Candidate(file, Optional.empty());
  }
}
