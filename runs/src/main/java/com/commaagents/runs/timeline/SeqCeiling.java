package com.commaagents.runs.timeline;

/// Keeps message numbers rising over a crash: a timeline names a number now and then, and no
/// message is numbered more than a block above the highest number on disk. After an unclean end
/// numbering goes on above that.
public final class SeqCeiling {
  /// How many messages may be numbered above the highest number on disk.
  public static final long BLOCK = 1L << 20;

  private SeqCeiling() {}

  /// Whether a number has to be written before more messages than these are told.
  ///
  /// Half a block early: what one turn tells stays far below the other half.
  public static boolean isDue(long onDisk, long next) {
    return next - onDisk > BLOCK / 2;
  }

  /// The highest number a run may have used that ended uncleanly.
  public static long afterUncleanEnd(long onDisk) {
    return onDisk + BLOCK;
  }
}
