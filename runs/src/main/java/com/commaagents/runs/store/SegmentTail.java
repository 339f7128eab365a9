package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import com.commaagents.runs.timeline.TimelineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The latest segment of a timeline file, read from its end backwards: only the lines where it
/// begins and ends, and those that name a message number, are looked into; what lies before it is
/// not read. Used once, by one thread.
///
/// Limit: a line longer than `maxLineBytes` is passed over.
final class SegmentTail {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final int TYPE_WITHIN_BYTES = 256;
  // What the types of the events that the catalogue reads have in common: run_…, seq_mark.
  private static final List<byte[]> MARKS =
      List.of(new byte[] {'"', 'r', 'u', 'n', '_'}, new byte[] {'"', 's', 'e', 'q', '_'});

  private final FileChannel channel;
  private final int maxLineBytes;
  // Of the latest segment, in the order of the file.
  private final Deque<TimelineEntry> entries = new ArrayDeque<>();

  private SegmentTail(FileChannel channel, int maxLineBytes) {
    this.channel = channel;
    this.maxLineBytes = maxLineBytes;
  }

  /// What a list shows of a run; empty when its file holds no segment.
  static Optional<RunOverview> read(RunId runId, Path file, int maxLineBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SegmentTail tail = new SegmentTail(channel, maxLineBytes);
      tail.collect();
      Optional<RunOverview> overview = Optional.empty();
      for (TimelineEntry entry : tail.entries) {
        overview = RunOverview.after(runId, overview, entry);
      }
      return overview;
    }
  }

  private void collect() throws IOException {
    long end = channel.size();
    for (long blockEnd = end; blockEnd > 0; ) {
      long blockStart = Math.max(0, blockEnd - BLOCK_BYTES);
      ByteBuffer block = read(blockStart, (int) (blockEnd - blockStart));
      for (int i = block.limit() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          if (isStart(blockStart + i + 1, end)) {
            return;
          }
          end = blockStart + i;
        }
      }
      blockEnd = blockStart;
    }
    isStart(0, end);
  }

  /// Takes a line in; says whether the segment starts with it.
  private boolean isStart(long from, long to) throws IOException {
    if (from >= to || to - from > maxLineBytes) {
      return false;
    }
    byte[] head = read(from, (int) Math.min(TYPE_WITHIN_BYTES, to - from)).array();
    if (MARKS.stream().noneMatch(mark -> contains(head, mark))) {
      return false;
    }
    Optional<TimelineEntry> entry = TimelineReader.read(read(from, (int) (to - from)).array());
    entry.ifPresent(entries::addFirst);
    return entry.map(TimelineEntry::event).orElse(null) instanceof RunStarted;
  }

  private ByteBuffer read(long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  // Our files and the public daemon's have the type first; a line that has it elsewhere is rare and
  // still found within its first bytes.
  private static boolean contains(byte[] head, byte[] mark) {
    for (int i = 0; i <= head.length - mark.length; i++) {
      if (Arrays.equals(head, i, i + mark.length, mark, 0, mark.length)) {
        return true;
      }
    }
    return false;
  }
}
