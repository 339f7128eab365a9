package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The catalogue as it was last written, so that opening a store need not read every timeline.
///
/// Format: [#MAGIC], the number of runs, then for each run its id, the size and the time of change
/// its file had, and what a list shows of it; at the end a CRC-32 of all before. Numbers are big
/// endian, texts are UTF-8 behind their length. INVARIANT: it is never the truth, only a shortcut
/// to it: a run counts as it stands here only while its file has that size and time; a catalogue
/// that is missing, cut, damaged or of another format is as good as none.
///
/// Limit: [#MAX_RUNS] and [#MAX_TEXT_BYTES]; a file that says more is taken for damaged.
final class CatalogFile {
  static final int MAX_RUNS = 10_000_000;
  static final int MAX_TEXT_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(CatalogFile.class);
  private static final String NAME = "runs.catalog";
  private static final long MAGIC = 0x434f_4d4d_4143_4131L; // COMMACA1

  private CatalogFile() {}

  /// A run's file and what it came to.
  ///
  /// @param overview empty for a file that holds no segment
  record Known(FileStamp stamp, Optional<RunOverview> overview) {}

  static Path in(Path folder) {
    return folder.resolve(NAME);
  }

  /// What is known; empty where nothing can be used.
  static Map<RunId, Known> read(Path folder) {
    Path file = in(folder);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      CheckedInputStream checked = new CheckedInputStream(raw, new CRC32());
      return new Reader(new DataInputStream(checked), checked).all();
    } catch (NoSuchFileException none) {
      return Map.of();
    } catch (IOException | IllegalArgumentException unusable) {
      LOG.warn("{} is not used and will be written anew: {}", file, unusable.getMessage());
      return Map.of();
    }
  }

  /// Puts a new catalogue in the place of the old one, in one step.
  static void write(Path folder, Map<RunId, Known> runs) throws IOException {
    Path aside = folder.resolve(NAME + ".new");
    Files.deleteIfExists(aside);
    try (FileChannel channel =
        FileChannel.open(
            aside,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerOnly.file(aside))) {
      CheckedOutputStream checked =
          new CheckedOutputStream(
              new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), new CRC32());
      DataOutputStream out = new DataOutputStream(checked);
      out.writeLong(MAGIC);
      out.writeInt(runs.size());
      for (Map.Entry<RunId, Known> run : runs.entrySet()) {
        write(out, run.getKey(), run.getValue());
      }
      out.writeLong(checked.getChecksum().getValue());
      out.flush();
      channel.force(true);
    }
    Files.move(aside, in(folder), StandardCopyOption.ATOMIC_MOVE);
    OwnerOnly.forceFolder(folder);
  }

  private static void write(DataOutputStream out, RunId runId, Known known) throws IOException {
    text(out, runId.value());
    out.writeLong(known.stamp().bytes());
    out.writeLong(known.stamp().changedNanos());
    out.writeBoolean(known.overview().isPresent());
    if (known.overview().isPresent()) {
      write(out, known.overview().get());
    }
  }

  private static void write(DataOutputStream out, RunOverview run) throws IOException {
    text(out, run.cwd());
    text(out, run.strategyName());
    text(out, run.strategyPath());
    out.writeLong(run.startedAt().toEpochMilli());
    out.writeLong(run.completedAt().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
    out.writeLong(run.lastSeq());
    text(out, run.status().label());
    Optional<RunError> error =
        run.state() instanceof RunState.Finished finished ? finished.error() : Optional.empty();
    out.writeBoolean(error.isPresent());
    if (error.isPresent()) {
      text(out, error.get().code());
      text(out, error.get().message());
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static final class Reader {
    private final DataInputStream in;
    private final CheckedInputStream checked;
    // Folders and strategies repeat: each is kept once.
    private final Map<String, String> texts = new HashMap<>();

    Reader(DataInputStream in, CheckedInputStream checked) {
      this.in = in;
      this.checked = checked;
    }

    Map<RunId, Known> all() throws IOException {
      if (in.readLong() != MAGIC) {
        throw new IOException("it has another format");
      }
      int count = in.readInt();
      if (count < 0 || count > MAX_RUNS) {
        throw new IOException("it is damaged");
      }
      Map<RunId, Known> runs = new HashMap<>();
      for (int i = 0; i < count; i++) {
        RunId runId = new RunId(text());
        runs.put(runId, known(runId));
      }
      long expected = checked.getChecksum().getValue();
      if (in.readLong() != expected) {
        throw new IOException("it is damaged");
      }
      return runs;
    }

    private Known known(RunId runId) throws IOException {
      FileStamp stamp = new FileStamp(in.readLong(), in.readLong());
      return new Known(stamp, in.readBoolean() ? Optional.of(overview(runId)) : Optional.empty());
    }

    private RunOverview overview(RunId runId) throws IOException {
      String cwd = text();
      String strategyName = text();
      String strategyPath = text();
      Instant startedAt = Instant.ofEpochMilli(in.readLong());
      long completed = in.readLong();
      long lastSeq = in.readLong();
      return new RunOverview(
          runId,
          cwd,
          strategyName,
          strategyPath,
          startedAt,
          completed == Long.MIN_VALUE
              ? Optional.empty()
              : Optional.of(Instant.ofEpochMilli(completed)),
          state(),
          lastSeq);
    }

    private RunState state() throws IOException {
      RunStatus status =
          RunStatus.of(text()).orElseThrow(() -> new IOException("it has an unknown status"));
      Optional<RunError> error =
          in.readBoolean() ? Optional.of(new RunError(text(), text())) : Optional.empty();
      return status == RunStatus.RUNNING
          ? new RunState.Running()
          : new RunState.Finished(status, error);
    }

    private String text() throws IOException {
      int length = in.readInt();
      if (length < 0 || length > MAX_TEXT_BYTES) {
        throw new IOException("it is damaged");
      }
      byte[] utf8 = in.readNBytes(length);
      if (utf8.length < length) {
        throw new IOException("it is cut off");
      }
      String text = new String(utf8, StandardCharsets.UTF_8);
      return texts.computeIfAbsent(text, same -> same);
    }
  }
}
