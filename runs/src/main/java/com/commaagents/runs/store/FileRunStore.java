package com.commaagents.runs.store;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Timelines as files in one folder: `<runsDir>/<runId>.jsonl`, folder mode 0700, files 0600.
///
/// Beside them lies, while the store is open, a journal through which appends go to disk; see
/// [Durability]. What a dead process has left in it is brought into the timelines first.
///
/// One process per folder: a lock file says who. The catalogue is kept in memory, built by one walk
/// over the files when the store is opened and moved on by every append; a file that cannot be read
/// is logged and not listed.
///
/// Limit: an entry's line has at most [LineReader#MAX_LINE_BYTES]; a longer one is refused, and
/// passed over where it stands in a file.
public final class FileRunStore implements RunStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileRunStore.class);
  static final String SUFFIX = ".jsonl";
  // What the types of the events that the catalogue reads have in common: run_…, seq_mark.
  private static final List<byte[]> MARKS =
      List.of(new byte[] {'"', 'r', 'u', 'n', '_'}, new byte[] {'"', 's', 'e', 'q', '_'});
  private static final int TYPE_WITHIN_BYTES = 256;

  private final Path folder;
  private final FolderLock lock;
  private final int maxLineBytes;
  private final StoreWriting writing;
  private final Catalog catalog = new Catalog();
  private final Gate gate = new Gate();

  private FileRunStore(Path folder, FolderLock lock, int maxLineBytes, StoreWriting writing) {
    this.folder = folder;
    this.lock = lock;
    this.maxLineBytes = maxLineBytes;
    this.writing = writing;
  }

  /// Opens a folder, making it if need be.
  ///
  /// @param holder how this process names itself in the lock, for the message another one shows
  /// @throws Fault `CONFLICT` when another process holds the folder; `PERSISTENCE` when it cannot
  ///   be made or read, or when what is in its journal cannot be brought home
  public static FileRunStore open(Path folder, String holder) {
    return open(folder, holder, StoreSettings.usual());
  }

  static FileRunStore open(Path folder, String holder, StoreSettings settings) {
    try {
      OwnerOnly.createFolder(folder);
      return openLocked(folder, FolderLock.take(folder, holder), settings);
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "Cannot use the runs folder " + folder + ": " + Reasons.of(refused) + ".",
          refused);
    }
  }

  @Override
  public TimelineLog log(RunId runId) {
    return gate.guard(
        new TimelineFile(
            file(runId),
            runId,
            maxLineBytes,
            writing,
            entries -> entries.forEach(entry -> catalog.note(runId, entry))));
  }

  @Override
  public Timeline read(RunId runId) {
    return TimelineFile.read(file(runId), maxLineBytes, writing.limits().of(runId));
  }

  @Override
  public Optional<RunOverview> find(RunId runId) {
    return catalog.find(runId);
  }

  @Override
  public List<RunOverview> list() {
    return catalog.list();
  }

  @Override
  public void noteUnwritten(RunId runId, TimelineEntry end) {
    catalog.note(runId, end);
  }

  @Override
  public StoreHealth health() {
    return writing.condition().health();
  }

  @Override
  public void close() {
    gate.close();
    writing.close();
    lock.close();
  }

  private static FileRunStore openLocked(Path folder, FolderLock lock, StoreSettings settings)
      throws IOException {
    boolean opened = false;
    try {
      StoreWriting writing = StoreWriting.open(folder, settings);
      FileRunStore store = new FileRunStore(folder, lock, settings.maxLineBytes(), writing);
      store.readCatalog();
      opened = true;
      return store;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  private Path file(RunId runId) {
    return folder.resolve(runId.value() + SUFFIX);
  }

  private void readCatalog() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        Optional<RunId> runId = RunId.parse(name.substring(0, name.length() - SUFFIX.length()));
        if (runId.isPresent() && Files.isRegularFile(file)) {
          readSegments(runId.get(), file);
        }
      }
    }
  }

  /// Notes where the segments of a timeline begin and end; all other lines are passed over unread.
  private void readSegments(RunId runId, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      LineReader lines = new LineReader(in, maxLineBytes);
      for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
        if (!line.tooLong() && mayBeginOrEnd(line.bytes())) {
          TimelineReader.read(line.bytes()).ifPresent(entry -> catalog.note(runId, entry));
        }
      }
    } catch (IOException refused) {
      // One run that cannot be read must not take the others with it.
      LOG.warn("{} is not listed: {}", file, Reasons.of(refused));
    }
  }

  // Our files and the public daemon's have the type first; a line that has it elsewhere is rare and
  // still found within its first bytes.
  private static boolean mayBeginOrEnd(byte[] line) {
    return MARKS.stream().anyMatch(mark -> contains(line, mark));
  }

  private static boolean contains(byte[] line, byte[] mark) {
    int end = Math.min(line.length, TYPE_WITHIN_BYTES) - mark.length;
    for (int i = 0; i <= end; i++) {
      if (Arrays.equals(line, i, i + mark.length, mark, 0, mark.length)) {
        return true;
      }
    }
    return false;
  }
}
