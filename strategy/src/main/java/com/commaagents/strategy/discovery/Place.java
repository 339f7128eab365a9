package com.commaagents.strategy.discovery;

import com.commaagents.strategy.discovery.FoundStrategy.Origin;
import java.nio.file.Path;

/// Somewhere strategies may lie. Kinds of places are added here and in [PlaceScan].
sealed interface Place {
  Path path();

  Origin origin();

  /// The strategy files directly in a folder.
  record Folder(Path path, Origin origin) implements Place {}

  /// The strategies a manifest exposes, where there is one.
  ///
  /// @param path the manifest
  record Manifest(Path path, Origin origin) implements Place {}
}
