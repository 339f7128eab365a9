package com.commaagents.runs.store;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what a journal holds into the files of the runs, and removes the journal.
///
/// Each entry says where its lines stand, so doing it twice does no harm. They are written even
/// where they stand already: what can be read there need not be on disk. INVARIANT: bytes of
/// somebody else are never overwritten; only bytes that are missing or zero are filled in.
///
/// What may be met, and what becomes of it:
/// - a file that is shorter than where an entry begins, as nobody but a person can have made it:
///   what is missing becomes one damaged line, which readers skip and report;
/// - a file that is missing: made anew where the journal has its beginning; else it was removed;
/// - a file that has other lines at that place, or that may not be opened: left alone, and the
///   journal is set aside under another name, for a person.
final class JournalReplay {
  static final int MAX_KEPT = 100;

  private static final Logger LOG = LoggerFactory.getLogger(JournalReplay.class);

  private final Disk disk;
  private final Path folder;
  private final Path journal;
  private boolean complete = true;

  private JournalReplay(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
    this.journal = Journal.in(folder);
  }

  /// Does it, if there is a journal.
  ///
  /// @param acknowledged how many batches it must have, as far as is known
  /// @return how many valid batches there were
  /// @throws IOException when the disk refuses; the journal is still there then
  /// @throws Fault `PERSISTENCE` when another version has written the journal
  static int bringHome(Disk disk, Path folder, int maxBytes, int acknowledged) throws IOException {
    if (disk.exists(Journal.in(folder))) {
      return new JournalReplay(disk, folder).run(maxBytes, acknowledged);
    }
    if (acknowledged > 0) {
      throw new IOException("the journal is gone, and timelines could not be forced");
    }
    return 0;
  }

  private int run(int maxBytes, int acknowledged) throws IOException {
    Journal.Contents contents = read(maxBytes);
    if (contents.batches().size() < acknowledged) {
      throw new IOException("the journal is damaged, and timelines could not be forced");
    }
    switch (contents.header()) {
      case JournalFormat.Header.Known(var version) when version != JournalFormat.VERSION ->
          throw unknown(version);
      case JournalFormat.Header.Known _ -> {}
      // Every batch proves itself, so those that are valid count all the same.
      case JournalFormat.Header.Damaged _ -> complete = contents.blank();
    }
    Map<RunId, List<JournalEntry>> wanted = entries(contents);
    for (Map.Entry<RunId, List<JournalEntry>> run : wanted.entrySet()) {
      restore(folder.resolve(run.getKey().value() + FileRunStore.SUFFIX), run.getValue());
    }
    if (!wanted.isEmpty()) {
      disk.forceFolder(folder);
    }
    dispose();
    return contents.batches().size();
  }

  private Journal.Contents read(int maxBytes) throws IOException {
    try (DiskFile file = disk.open(journal)) {
      return Journal.read(file, maxBytes);
    }
  }

  private Fault unknown(int version) {
    return new Fault(
        FaultCode.PERSISTENCE,
        "The journal "
            + journal
            + " has version "
            + version
            + ", which this program does not know. Start the program that wrote it once and stop"
            + " it, or move the file away: what is only in it will then be missing.");
  }

  private static Map<RunId, List<JournalEntry>> entries(Journal.Contents contents) {
    Map<RunId, List<JournalEntry>> wanted = new LinkedHashMap<>();
    for (JournalFormat.Batch batch : contents.batches()) {
      for (JournalEntry entry : batch.entries()) {
        if (entry.offset() == JournalEntry.SETTLED) {
          wanted.remove(entry.runId());
        } else {
          wanted.computeIfAbsent(entry.runId(), _ -> new ArrayList<>()).add(entry);
        }
      }
    }
    return wanted;
  }

  private void restore(Path path, List<JournalEntry> entries) throws IOException {
    if (!disk.exists(path) && entries.getFirst().offset() > 0) {
      LOG.warn("{} was removed; what the journal has of it is not enough", path);
      return;
    }
    try (DiskFile file = open(path)) {
      if (file == null) {
        return;
      }
      for (JournalEntry entry : entries) {
        if (!isFree(file, entry)) {
          complete = false;
          LOG.error("{} has other lines at {} than the journal", path, entry.offset());
          break;
        }
        write(file, entry, path);
      }
      file.force();
    }
  }

  private @Nullable DiskFile open(Path path) throws IOException {
    try {
      return disk.open(path);
    } catch (AccessDeniedException refused) {
      // One run that cannot be written must not take the others with it.
      complete = false;
      LOG.error("{} cannot be brought up to date: {}", path, Reasons.of(refused));
      return null;
    }
  }

  /// Whether nothing but the same lines, or nothing, stands where an entry belongs. Lines have no
  /// zeros: those are what a crash of the machine leaves where a file grew.
  private static boolean isFree(DiskFile file, JournalEntry entry) throws IOException {
    long there = Math.clamp(file.size() - entry.offset(), 0, entry.lines().length);
    ByteBuffer standing = ByteBuffer.allocate((int) there);
    file.readFully(standing, entry.offset());
    for (int i = 0; i < there; i++) {
      if (standing.get(i) != entry.lines()[i] && standing.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static void write(DiskFile file, JournalEntry entry, Path path) throws IOException {
    if (entry.offset() > file.size()) {
      LOG.warn("{} ends before {}, where the journal goes on", path, entry.offset());
      file.writeFully(ByteBuffer.wrap(new byte[] {'\n'}), entry.offset() - 1);
    }
    file.writeFully(ByteBuffer.wrap(entry.lines()), entry.offset());
  }

  private void dispose() throws IOException {
    if (complete) {
      disk.delete(journal);
      return;
    }
    for (int i = 1; i <= MAX_KEPT; i++) {
      Path aside = journal.resolveSibling(journal.getFileName() + ".kept-" + i);
      if (!disk.exists(aside)) {
        disk.move(journal, aside);
        LOG.error("the journal is kept as {}; see above why", aside);
        return;
      }
    }
    throw new IOException("more than " + MAX_KEPT + " journals are kept beside " + journal);
  }
}
