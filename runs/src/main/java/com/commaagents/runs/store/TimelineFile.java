package com.commaagents.runs.store;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.Disk.DiskFile;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineJson;
import com.commaagents.runs.timeline.TimelineReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run's timeline as a file.
///
/// Format: lines of [TimelineJson], only ever appended. INVARIANT: after an append has returned,
/// the file ends with a line end, and all of it is on disk: here or in the journal. What stands
/// behind the last line end is a torn tail: the rest of an append that never returned. The next log
/// cuts it off, unless it is a whole entry that lacks nothing but its line end; then the line end
/// is added. Either is forced before anything follows. Lines in the middle are never touched: a
/// damaged one is skipped by readers and reported.
///
/// An append is a share in a force of the journal, and its lines are written here some milliseconds
/// later; see [LateWriter]. Two kinds are written here before they are acknowledged: the first of a
/// log, since a file that takes nothing should be found then, and one that is too long for the
/// journal, which forces this file. One with a line that is too long to be read again is refused.
/// After a failed one the log refuses everything: what is on disk is unknown until it is read
/// again.
final class TimelineFile implements RunStore.TimelineLog {
  private static final Logger LOG = LoggerFactory.getLogger(TimelineFile.class);

  private final Path file;
  private final RunId runId;
  private final int maxLineBytes;
  private final StoreWriting writing;
  private final Consumer<List<TimelineEntry>> written;
  private @Nullable OpenTimeline open;
  private boolean closed;

  /// @param written is told of every append that is on disk
  TimelineFile(
      Path file,
      RunId runId,
      int maxLineBytes,
      StoreWriting writing,
      Consumer<List<TimelineEntry>> written) {
    this.file = file;
    this.runId = runId;
    this.maxLineBytes = maxLineBytes;
    this.writing = writing;
    this.written = written;
  }

  @Override
  public void append(List<TimelineEntry> entries) {
    if (closed) {
      throw new Fault(FaultCode.PERSISTENCE, "The timeline " + file + " is closed.");
    }
    byte[] lines = lines(entries);
    try {
      write(lines);
    } catch (IOException refused) {
      writing.condition().failed(refused);
      close();
      throw new Fault(
          FaultCode.PERSISTENCE,
          "Cannot write the timeline " + file + ": " + Reasons.of(refused) + ".",
          refused);
    }
    written.accept(entries);
  }

  @Override
  public void close() {
    closed = true;
    OpenTimeline finished = open;
    open = null;
    if (finished != null) {
      writing.durability().settle(finished).ifPresent(writing.condition()::failed);
    }
  }

  private void write(byte[] lines) throws IOException {
    OpenTimeline target = open;
    boolean first = target == null;
    if (target == null) {
      target = open();
      open = target;
    }
    target.check();
    boolean shared = writing.group().takes(lines);
    if (first || !shared) {
      target.writeAhead(lines);
    }
    if (shared) {
      writing.group().commit(target, new JournalEntry(runId, target.end(), lines));
    } else {
      target.force();
      boolean _ = target.acknowledge(lines);
    }
    if (target.isOwedTooMuch()) {
      writing.late().write(target);
    }
  }

  private byte[] lines(List<TimelineEntry> entries) {
    if (entries.size() == 1) {
      return line(entries.getFirst());
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    entries.forEach(entry -> lines.writeBytes(line(entry)));
    return lines.toByteArray();
  }

  private byte[] line(TimelineEntry entry) {
    byte[] line = TimelineJson.line(entry);
    if (line.length - 1 > maxLineBytes) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "Cannot write the timeline "
              + file
              + ": an entry has "
              + (line.length - 1)
              + " bytes, at most "
              + maxLineBytes
              + " can be kept.");
    }
    return line;
  }

  private OpenTimeline open() throws IOException {
    writing.durability().prepare(runId);
    boolean created = !writing.disk().exists(file);
    DiskFile opened = writing.disk().open(file);
    boolean usable = false;
    try {
      long found = opened.size();
      long end = mendTail(opened);
      if (found > 0) {
        // What follows stands on it, in the journal by its place.
        opened.force();
      }
      usable = true;
      return new OpenTimeline(
          runId, writing.disk(), writing.folder(), opened, end, !created, writing.open());
    } finally {
      if (!usable) {
        opened.close();
      }
    }
  }

  /// Where appending goes on: behind the last line end.
  private long mendTail(DiskFile opened) throws IOException {
    long size = opened.size();
    long whole = endOfLastLine(opened, size);
    if (whole == size) {
      return size;
    }
    if (isWholeEntry(opened, whole, size)) {
      opened.writeFully(ByteBuffer.wrap(new byte[] {'\n'}), size);
      return size + 1;
    }
    LOG.warn("{}: cut off a torn tail of {} bytes at {}", file, size - whole, whole);
    opened.truncate(whole);
    return whole;
  }

  private static long endOfLastLine(DiskFile opened, long size) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(8192);
    long end = size;
    while (end > 0) {
      long start = Math.max(0, end - block.capacity());
      block.clear().limit((int) (end - start));
      opened.readFully(block, start);
      for (int i = block.limit() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  private boolean isWholeEntry(DiskFile opened, long from, long to) throws IOException {
    if (to - from > maxLineBytes) {
      return false;
    }
    ByteBuffer tail = ByteBuffer.allocate((int) (to - from));
    opened.readFully(tail, from);
    return TimelineReader.read(tail.array()).isPresent();
  }
}
