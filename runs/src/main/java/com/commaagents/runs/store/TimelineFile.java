package com.commaagents.runs.store;

import com.commaagents.runs.timeline.Interest;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.runs.store.RunStore.Damage;
import com.commaagents.runs.store.RunStore.Timeline;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineJson;
import com.commaagents.runs.timeline.TimelineReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run's timeline as a file.
///
/// Format: lines of [TimelineJson], only ever appended. INVARIANT: after an append has returned,
/// the file ends with a line end and all of it is on disk. What stands behind the last line end is
/// a torn tail: the rest of an append that never returned. The next append cuts it off, unless it
/// is a whole entry that lacks nothing but its line end; then the line end is added. Lines in the
/// middle are never touched: a damaged one is skipped by readers and reported.
///
/// An append is one write and one force. One with a line that is too long to be read again is
/// refused. After a failed one the log refuses everything: what is on disk is unknown until it is
/// read again.
final class TimelineFile implements RunStore.TimelineLog {
  private static final Logger LOG = LoggerFactory.getLogger(TimelineFile.class);

  private final Path folder;
  private final Path file;
  private final int maxLineBytes;
  private final Consumer<List<TimelineEntry>> written;
  private @Nullable FileChannel channel;
  private boolean closed;

  /// @param written is told of every append that is on disk
  TimelineFile(Path folder, String name, int maxLineBytes, Consumer<List<TimelineEntry>> written) {
    this.folder = folder;
    this.file = folder.resolve(name);
    this.maxLineBytes = maxLineBytes;
    this.written = written;
  }

  @Override
  public void append(List<TimelineEntry> entries) {
    if (closed) {
      throw new Fault(FaultCode.PERSISTENCE, "The timeline " + file + " is closed.");
    }
    byte[] lines = lines(entries);
    try {
      FileChannel open = channel == null ? open() : channel;
      channel = open;
      ByteBuffer bytes = ByteBuffer.wrap(lines);
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
      open.force(false);
    } catch (IOException refused) {
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
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // Everything acknowledged has been forced; there is nothing left to lose.
        LOG.debug("closing {} failed", file, ignored);
      }
    }
  }

  /// Reads a timeline line by line; a missing file is an empty one.
  static List<Damage> walk(
      Path file, int maxLineBytes, Interest interest, Consumer<TimelineEntry> visitor) {
    List<Damage> damage = new ArrayList<>();
    long skipped = 0;
    try (InputStream in = Files.newInputStream(file)) {
      LineReader lines = new LineReader(in, maxLineBytes);
      for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
        if (!interest.mayMatter(line.bytes())) {
          continue;
        }
        Optional<TimelineEntry> entry =
            line.tooLong() ? Optional.empty() : TimelineReader.read(line.bytes());
        if (entry.isPresent()) {
          visitor.accept(entry.get());
        } else if (line.terminated() && line.length() > 0) {
          skipped++;
          if (damage.size() < Timeline.MAX_DAMAGE_REPORTED) {
            damage.add(new Damage(line.offset(), line.length()));
          }
        }
      }
    } catch (java.nio.file.NoSuchFileException absent) {
      return List.of();
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "Cannot read the timeline " + file + ": " + Reasons.of(refused) + ".",
          refused);
    }
    if (skipped > 0) {
      LOG.warn("{}: skipped {} damaged lines, the first at {}", file, skipped, damage.getFirst());
    }
    return damage;
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

  private FileChannel open() throws IOException {
    boolean created = !Files.exists(file);
    FileChannel opened =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OwnerOnly.file(file));
    try {
      if (created) {
        OwnerOnly.forceFolder(folder);
      }
      opened.position(mendTail(opened));
      return opened;
    } catch (IOException refused) {
      opened.close();
      throw refused;
    }
  }

  /// Where appending goes on: behind the last line end.
  private long mendTail(FileChannel opened) throws IOException {
    long size = opened.size();
    long end = endOfLastLine(opened, size);
    if (end == size) {
      return size;
    }
    if (isWholeEntry(opened, end, size)) {
      opened.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
      return size + 1;
    }
    LOG.warn("{}: cut off a torn tail of {} bytes at {}", file, size - end, end);
    opened.truncate(end);
    return end;
  }

  private static long endOfLastLine(FileChannel opened, long size) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(8192);
    long end = size;
    while (end > 0) {
      long start = Math.max(0, end - block.capacity());
      block.clear().limit((int) (end - start));
      readFully(opened, block, start);
      for (int i = block.limit() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  private boolean isWholeEntry(FileChannel opened, long from, long to) throws IOException {
    if (to - from > maxLineBytes) {
      return false;
    }
    ByteBuffer tail = ByteBuffer.allocate((int) (to - from));
    readFully(opened, tail, from);
    return TimelineReader.read(tail.array()).isPresent();
  }

  private static void readFully(FileChannel opened, ByteBuffer into, long from) throws IOException {
    long at = from;
    while (into.hasRemaining()) {
      int count = opened.read(into, at);
      if (count < 0) {
        throw new IOException("the file became shorter while it was read");
      }
      at += count;
    }
  }
}
