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
/// An append is one write and a share in a force of the journal; one that is too long for the
/// journal forces this file. One with a line that is too long to be read again is refused. After a
/// failed one the log refuses everything: what is on disk is unknown until it is read again.
final class TimelineFile implements RunStore.TimelineLog {
  private static final Logger LOG = LoggerFactory.getLogger(TimelineFile.class);

  private final Path file;
  private final RunId runId;
  private final int maxLineBytes;
  private final StoreWriting writing;
  private final Consumer<List<TimelineEntry>> written;
  private @Nullable OpenTimeline open;
  private long end;
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
      OpenTimeline target = open == null ? open() : open;
      open = target;
      target.write(lines, end);
      if (writing.group().takes(lines)) {
        writing.group().commit(target, new JournalEntry(runId, end, lines));
      } else {
        target.force();
      }
    } catch (IOException refused) {
      writing.condition().failed(refused);
      close();
      throw new Fault(
          FaultCode.PERSISTENCE,
          "Cannot write the timeline " + file + ": " + Reasons.of(refused) + ".",
          refused);
    }
    end += lines.length;
    writing.limits().set(runId, end);
    written.accept(entries);
  }

  @Override
  public void close() {
    closed = true;
    OpenTimeline finished = open;
    open = null;
    if (finished != null) {
      if (writing.durability().settle(finished)) {
        writing.durability().note(JournalEntry.settled(runId));
      }
      writing.limits().clear(runId);
    }
  }

  private byte[] lines(List<TimelineEntry> entries) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (TimelineEntry entry : entries) {
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
      lines.writeBytes(line);
    }
    return lines.toByteArray();
  }

  private OpenTimeline open() throws IOException {
    writing.durability().look();
    boolean created = !writing.disk().exists(file);
    DiskFile opened = writing.disk().open(file);
    boolean usable = false;
    try {
      long found = opened.size();
      end = mendTail(opened);
      if (found > 0) {
        // What follows stands on it, in the journal by its place.
        opened.force();
      }
      usable = true;
    } finally {
      if (!usable) {
        opened.close();
      }
    }
    writing.limits().set(runId, end);
    return new OpenTimeline(writing.disk(), writing.folder(), file, opened, !created);
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
