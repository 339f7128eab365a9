package com.commaagents.runs.store;

import com.commaagents.base.time.Clock;

/// What a store of files works with.
///
/// @param maxLineBytes of an entry
/// @param maxJournalBytes of the journal; a batch has at most a quarter of it
record StoreSettings(Disk disk, Clock clock, int maxLineBytes, int maxJournalBytes) {
  static StoreSettings usual() {
    return new StoreSettings(
        new MachineDisk(), Clock.system(), LineReader.MAX_LINE_BYTES, Journal.MAX_BYTES);
  }

  StoreSettings withMaxLineBytes(int bytes) {
    return new StoreSettings(disk, clock, bytes, maxJournalBytes);
  }

  int maxBatchBytes() {
    return Math.min(GroupCommit.MAX_BATCH_BYTES, maxJournalBytes / 4);
  }
}
