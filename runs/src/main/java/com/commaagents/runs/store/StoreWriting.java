package com.commaagents.runs.store;

import java.io.IOException;
import java.nio.file.Path;

/// What the logs of all runs write with.
///
/// @param limits how much of what is being written may be read
record StoreWriting(
    Disk disk,
    Path folder,
    Durability durability,
    GroupCommit group,
    StoreCondition condition,
    ReadLimits limits) {
  /// Brings home what a dead process has left.
  ///
  /// @throws IOException when that is impossible
  static StoreWriting open(Path folder, StoreSettings settings) throws IOException {
    Durability durability = Durability.open(settings.disk(), folder, settings.maxJournalBytes());
    return new StoreWriting(
        settings.disk(),
        folder,
        durability,
        new GroupCommit(durability, settings.maxBatchBytes()),
        new StoreCondition(settings.clock(), durability::probe),
        new ReadLimits());
  }

  /// Every file of a run is complete by itself then, if the disk allows it.
  void close() {
    condition.close();
    group.close();
    durability.close();
  }
}
