package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.HistoryBuilder;
import com.commaagents.runs.timeline.Interest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What long timelines have come to, kept in a folder beside them: the next reader checks that the
/// timeline still begins as it did, and reads what has been added since. Thread-safe.
///
/// The folder can be removed at any time. What is in it is neither forced nor needed; a checkpoint
/// that is missing, cut or damaged, or whose timeline was changed, is as good as none.
///
/// Limits: [#WORTHWHILE_BYTES], [#MAX_BYTES], [#MAX_KEPT].
final class Checkpoints {
  /// As much of a timeline has to be read for a new checkpoint to be written.
  static final int WORTHWHILE_BYTES = 256 << 10;

  /// A larger one is not read; what a conversation may hold takes less.
  static final int MAX_BYTES = 128 << 20;

  /// Of more of them, that one goes which was written first.
  static final int MAX_KEPT = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String SUFFIX = ".checkpoint";

  private final Path folder;
  private final int maxKept;

  Checkpoints(Path runsFolder) {
    this(runsFolder, MAX_KEPT);
  }

  Checkpoints(Path runsFolder, int maxKept) {
    this.folder = in(runsFolder);
    this.maxKept = maxKept;
  }

  static Path in(Path runsFolder) {
    return runsFolder.resolve("checkpoints");
  }

  /// What a timeline comes to; nothing for one that is not there.
  ///
  /// @throws com.commaagents.base.fault.Fault `PERSISTENCE` when the timeline cannot be read
  HistoryBuilder history(RunId runId, TimelineWalk timeline) {
    Optional<Checkpoint> checkpoint = read(runId);
    if (checkpoint.isPresent()) {
      HistoryBuilder history = HistoryBuilder.from(checkpoint.get().position());
      Optional<TimelineWalk.Outcome> walked =
          timeline.behind(
              checkpoint.get().bytes(),
              checkpoint.get().checksum(),
              Interest.HISTORY,
              history::step);
      if (walked.isPresent()) {
        keep(runId, checkpoint.get().bytes(), walked.get(), history);
        return history;
      }
      LOG.info("{}: its checkpoint is of another timeline and not used", timeline.file());
    }
    HistoryBuilder history = new HistoryBuilder();
    keep(runId, 0, timeline.all(Interest.HISTORY, history::step), history);
    return history;
  }

  /// Removes what is kept of a run.
  synchronized void forget(RunId runId) throws IOException {
    Files.deleteIfExists(file(runId));
  }

  private Optional<Checkpoint> read(RunId runId) {
    Path file = file(runId);
    try {
      return Files.size(file) <= MAX_BYTES
          ? Checkpoint.decode(Files.readAllBytes(file))
          : Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException refused) {
      LOG.warn("{} is not used: {}", file, Reasons.of(refused));
      return Optional.empty();
    }
  }

  /// Writes a checkpoint, where enough was read that the next reader may pass over. What is damaged
  /// is to be told of each time.
  private void keep(RunId runId, long known, TimelineWalk.Outcome walked, HistoryBuilder history) {
    if (walked.bytes() - known < WORTHWHILE_BYTES
        || !walked.whole()
        || !walked.damage().isEmpty()) {
      return;
    }
    try {
      write(runId, new Checkpoint(walked.bytes(), walked.checksum(), history.position()));
    } catch (IOException refused) {
      LOG.warn("{} was not written: {}", file(runId), Reasons.of(refused));
    }
  }

  private synchronized void write(RunId runId, Checkpoint checkpoint) throws IOException {
    OwnerOnly.createFolder(folder);
    Path aside = folder.resolve("new");
    Files.deleteIfExists(aside);
    try (FileChannel channel =
        FileChannel.open(
            aside,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerOnly.file(aside))) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      checkpoint.write(out);
      out.flush();
    }
    Files.move(aside, file(runId), StandardCopyOption.ATOMIC_MOVE);
    removeOldest();
  }

  private void removeOldest() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    if (files.size() <= maxKept) {
      return;
    }
    List<Path> oldestFirst = new ArrayList<>(files);
    Map<Path, FileTime> written = new HashMap<>();
    for (Path file : files) {
      written.put(file, Files.getLastModifiedTime(file));
    }
    oldestFirst.sort(Comparator.comparing(written::get));
    for (Path file : oldestFirst.subList(0, files.size() - maxKept)) {
      Files.deleteIfExists(file);
    }
  }

  private Path file(RunId runId) {
    return folder.resolve(runId.value() + SUFFIX);
  }
}
