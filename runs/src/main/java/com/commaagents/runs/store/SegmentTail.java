package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import com.commaagents.runs.timeline.TimelineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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

  private static final byte[] TYPE_FIRST = "{\"type\":\"".getBytes(StandardCharsets.UTF_8);

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
    byte[] later = {};
    for (long blockEnd = end; blockEnd > 0; ) {
      long blockStart = Math.max(0, blockEnd - BLOCK_BYTES);
      byte[] block = read(blockStart, (int) (blockEnd - blockStart), later);
      for (int i = (int) (blockEnd - blockStart) - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          if (isStart(block, i + 1, blockStart + i + 1, end)) {
            return;
          }
          end = blockStart + i;
        }
      }
      later = Arrays.copyOf(block, Math.min(block.length, TYPE_WITHIN_BYTES));
      blockEnd = blockStart;
    }
    isStart(later, 0, 0, end);
  }

  /// Takes a line in; says whether the segment starts with it.
  ///
  /// @param block holds the line's first bytes, from `index` on
  private boolean isStart(byte[] block, int index, long from, long to) throws IOException {
    if (from >= to || to - from > maxLineBytes) {
      return false;
    }
    if (!mayMatter(block, index, (int) Math.min(index + TYPE_WITHIN_BYTES, index + to - from))) {
      return false;
    }
    Optional<TimelineEntry> entry = TimelineReader.read(read(from, (int) (to - from), new byte[0]));
    entry.ifPresent(entries::addFirst);
    return entry.map(TimelineEntry::event).orElse(null) instanceof RunStarted;
  }

  /// Bytes of the file, and some more behind them.
  private byte[] read(long from, int count, byte[] more) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count + more.length);
    bytes.limit(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    System.arraycopy(more, 0, bytes.array(), count, more.length);
    return bytes.array();
  }

  // Our files and the public daemon's have the type first, which decides. A line that has it
  // elsewhere is rare and still found within its first bytes.
  private static boolean mayMatter(byte[] block, int from, int to) {
    int end = Math.min(to, block.length);
    if (startsWith(block, from, end, TYPE_FIRST)) {
      int type = from + TYPE_FIRST.length - 1;
      return MARKS.stream().anyMatch(mark -> startsWith(block, type, end, mark));
    }
    for (int i = from; i < end; i++) {
      int at = i;
      if (block[i] == '"' && MARKS.stream().anyMatch(mark -> startsWith(block, at, end, mark))) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] block, int from, int end, byte[] what) {
    return from + what.length <= end
        && Arrays.equals(block, from, from + what.length, what, 0, what.length);
  }
}
