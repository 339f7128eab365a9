package com.commaagents.runs.store;

import java.io.IOException;
import java.nio.file.Path;

/// What the logs of all runs write with.
///
/// @param open what is being written, for those who read it
record StoreWriting(
    Disk disk,
    Path folder,
    Durability durability,
    GroupCommit group,
    LateWriter late,
    StoreCondition condition,
    OpenTimelines open) {
  /// Brings home what a dead process has left.
  ///
  /// @throws IOException when that is impossible
  static StoreWriting open(Path folder, StoreSettings settings) throws IOException {
    Durability durability = Durability.open(settings.disk(), folder, settings.maxJournalBytes());
    StoreCondition condition = new StoreCondition(settings.clock(), durability::probe);
    LateWriter late = new LateWriter(settings.clock(), condition::failed);
    return new StoreWriting(
        settings.disk(),
        folder,
        durability,
        new GroupCommit(durability, late, settings.maxBatchBytes()),
        late,
        condition,
        new OpenTimelines());
  }

  /// Every file of a run is complete by itself then, if the disk allows it.
  void close() {
    condition.close();
    group.close();
    late.close();
    durability.close();
  }
}
