package com.commaagents.runs.store;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.runs.store.RunStore.Damage;
import com.commaagents.runs.store.RunStore.Timeline;
import com.commaagents.runs.timeline.Interest;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One timeline, to be read line by line. Holds one line at a time.
///
/// @param maxLineBytes longer lines are damage
/// @param acknowledged where reading ends, as if the timeline ended there
record TimelineWalk(Path file, int maxLineBytes, Acknowledged acknowledged) {
  private static final Logger LOG = LoggerFactory.getLogger(TimelineWalk.class);
  private static final int BUFFER_BYTES = 256 << 10;

  /// How a walk went.
  ///
  /// @param damage lines that could not be read, in order, at most [Timeline#MAX_DAMAGE_REPORTED]
  /// @param bytes of the timeline up to where it ended
  /// @param checksum CRC-32C of them
  /// @param whole whether it ended behind a line end
  record Outcome(List<Damage> damage, long bytes, int checksum, boolean whole) {
    private static final Outcome ABSENT = new Outcome(List.of(), 0, 0, true);
  }

  /// From the beginning; a missing file is an empty one.
  ///
  /// @throws Fault `PERSISTENCE` when it cannot be read
  Outcome all(Interest interest, Consumer<TimelineEntry> visitor) {
    return behind(0, 0, interest, visitor).orElse(Outcome.ABSENT);
  }

  /// Behind bytes that are known; empty, with nothing visited, where it does not begin with them.
  ///
  /// @param checksum CRC-32C of the known bytes
  Optional<Outcome> behind(
      long known, int checksum, Interest interest, Consumer<TimelineEntry> visitor) {
    CRC32C sum = new CRC32C();
    try (InputStream in = acknowledged.read(file)) {
      return skip(in, known, sum) && (int) sum.getValue() == checksum
          ? Optional.of(lines(in, known, sum, interest, visitor))
          : Optional.empty();
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "Cannot read the timeline " + file + ": " + Reasons.of(refused) + ".",
          refused);
    }
  }

  /// False when there are fewer.
  private static boolean skip(InputStream in, long bytes, CRC32C sum) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, bytes)];
    long left = bytes;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        return false;
      }
      sum.update(buffer, 0, count);
      left -= count;
    }
    return true;
  }

  private Outcome lines(
      InputStream in, long from, CRC32C sum, Interest interest, Consumer<TimelineEntry> visitor)
      throws IOException {
    List<Damage> damage = new ArrayList<>();
    long skipped = 0;
    long end = from;
    boolean whole = true;
    LineReader lines = new LineReader(new CheckedInputStream(in, sum), maxLineBytes);
    for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
      whole = line.terminated();
      end += line.length() + (whole ? 1 : 0);
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
          damage.add(new Damage(from + line.offset(), line.length()));
        }
      }
    }
    if (skipped > 0) {
      LOG.warn("{}: skipped {} damaged lines, the first at {}", file, skipped, damage.getFirst());
    }
    return new Outcome(damage, end, (int) sum.getValue(), whole);
  }
}
