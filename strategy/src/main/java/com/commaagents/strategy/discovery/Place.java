package com.commaagents.strategy.discovery;

import com.commaagents.strategy.discovery.FoundStrategy.Origin;
import java.nio.file.Path;

/// Somewhere strategies may lie. Kinds of places are added here and in [PlaceScan].
sealed interface Place {
  Path path();

  Origin origin();

  /// The strategy files directly in a folder.
  record Folder(Path path, Origin origin) implements Place {}
}
