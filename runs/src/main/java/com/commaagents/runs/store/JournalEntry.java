package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;

/// What a journal holds of one append: which bytes stand where in the file of a run.
///
/// @param offset in the run's file; [#SETTLED]: whatever came before is in that file and on disk
/// @param lines not to be changed by anybody
@SuppressWarnings("ArrayRecordComponent") // a value that is written once, never compared
record JournalEntry(RunId runId, long offset, byte[] lines) {
  static final long SETTLED = -1;

  private static final int FIXED_BYTES = Byte.BYTES + Long.BYTES + Integer.BYTES;

  static JournalEntry settled(RunId runId) {
    return new JournalEntry(runId, SETTLED, new byte[0]);
  }

  /// How many bytes it takes in a journal.
  int size() {
    return FIXED_BYTES + runId.value().length() + lines.length;
  }
}
