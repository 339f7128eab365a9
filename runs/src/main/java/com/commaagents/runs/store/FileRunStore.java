package com.commaagents.runs.store;

import com.commaagents.runs.timeline.HistoryBuilder;
import com.commaagents.runs.timeline.Interest;
import java.util.function.Consumer;
import java.util.function.BiConsumer;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.Set;
import java.util.HashMap;
import java.util.Map;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.TimelineEntry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Timelines as files in one folder: `<runsDir>/<runId>.jsonl`, folder mode 0700, files 0600.
///
/// Beside them lies, while the store is open, a journal through which appends go to disk; see
/// [Durability]. What a dead process has left in it is brought into the timelines first.
///
/// One process per folder: a lock file says who. The catalogue is kept in memory and moved on by
/// every append. It is written when the store is closed, see [CatalogFile]; when it is opened, only
/// the ends of files that have changed since are read. A file that cannot be read is logged and not
/// listed.
///
/// Limit: an entry's line has at most [LineReader#MAX_LINE_BYTES]; a longer one is refused, and
/// passed over where it stands in a file.
public final class FileRunStore implements RunStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileRunStore.class);
  static final String SUFFIX = ".jsonl";
  private static final String CHOICES_SUFFIX = ".config.json";

  private final Path folder;
  private final FolderLock lock;
  private final int maxLineBytes;
  private final StoreWriting writing;
  private final Catalog catalog = new Catalog();
  private final Checkpoints checkpoints;
  private final Gate gate = new Gate();
  // What the timelines came to when the store was opened, and those that have changed since.
  private final Map<RunId, CatalogFile.Known> atRest = new HashMap<>();
  private final Set<RunId> changed = ConcurrentHashMap.newKeySet();
  // Listed otherwise than their timelines say.
  private final Set<RunId> unwritten = ConcurrentHashMap.newKeySet();
  // When the folder was looked through last, by its own time of change.
  private FileTime seen = FileTime.fromMillis(0);
  private boolean closed;

  private FileRunStore(Path folder, FolderLock lock, int maxLineBytes, StoreWriting writing) {
    this.folder = folder;
    this.lock = lock;
    this.maxLineBytes = maxLineBytes;
    this.writing = writing;
    this.checkpoints = new Checkpoints(folder);
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
            entries -> {
              changed.add(runId);
              entries.forEach(entry -> catalog.note(runId, entry));
            }));
  }

  @Override
  public List<Damage> walk(RunId runId, Interest interest, Consumer<TimelineEntry> visitor) {
    return timeline(runId).all(interest, visitor).damage();
  }

  @Override
  public HistoryBuilder history(RunId runId) {
    return checkpoints.history(runId, timeline(runId));
  }

  private TimelineWalk timeline(RunId runId) {
    return new TimelineWalk(file(runId), maxLineBytes, writing.open().of(runId));
  }

  @Override
  public Optional<RunOverview> find(RunId runId) {
    Optional<RunOverview> listed = catalog.find(runId);
    return listed.isPresent() ? listed : findUnlisted(runId);
  }

  @Override
  public List<RunOverview> list(RunQuery query) {
    takeInWhatOthersChanged();
    return catalog.list(query);
  }

  @Override
  public synchronized void delete(RunId runId) {
    gate.pass(() -> {
      try {
        remove(runId);
      } catch (IOException refused) {
        throw new Fault(
            FaultCode.PERSISTENCE,
            "Cannot delete the run " + runId + ": " + Reasons.of(refused) + ".",
            refused);
      }
    });
  }

  @Override
  public Optional<RunChoices> choices(RunId runId) {
    return ChoicesFile.read(choicesFile(runId));
  }

  @Override
  public synchronized void choose(RunId runId, RunChoices choices) {
    gate.pass(() -> ChoicesFile.write(choicesFile(runId), choices));
  }

  /// The timeline goes last: as long as it is there the run is listed and can be deleted again.
  private void remove(RunId runId) throws IOException {
    try {
      writing.durability().forget(runId);
    } catch (IOException full) {
      // What it takes itself may be all that is missing.
      LOG.debug("the run {} is removed before that is noted", runId, full);
      writing.disk().delete(file(runId));
      writing.durability().forget(runId);
    }
    writing.disk().delete(choicesFile(runId));
    checkpoints.forget(runId);
    writing.disk().delete(file(runId));
    catalog.removeAll(Set.of(runId));
    atRest.remove(runId);
    changed.remove(runId);
    unwritten.remove(runId);
    writing.disk().forceFolder(folder);
  }

  @Override
  public void noteUnwritten(RunId runId, TimelineEntry end) {
    unwritten.add(runId);
    catalog.note(runId, end);
  }

  @Override
  public StoreHealth health() {
    return writing.condition().health();
  }

  @Override
  public synchronized void close() {
    gate.close();
    writing.close();
    if (!closed) {
      closed = true;
      writeCatalog();
    }
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

  private Path choicesFile(RunId runId) {
    return folder.resolve(runId.value() + CHOICES_SUFFIX);
  }

  /// Takes what the catalogue file says of every timeline that still looks as it did, and reads the
  /// ends of all others.
  private void readCatalog() throws IOException {
    Map<RunId, CatalogFile.Known> known = CatalogFile.read(folder);
    seen = Files.getLastModifiedTime(folder);
    forEachTimeline(
        (runId, file) -> readOverview(runId, file, Optional.ofNullable(known.get(runId))));
  }

  // One that somebody has put into the folder is found before it is listed.
  private synchronized Optional<RunOverview> findUnlisted(RunId runId) {
    if (!closed && !atRest.containsKey(runId) && Files.exists(file(runId))) {
      readOverview(runId, file(runId), Optional.empty());
    }
    return catalog.find(runId);
  }

  /// Somebody may put timelines into the folder, or take some away: the list follows the files.
  private synchronized void takeInWhatOthersChanged() {
    try {
      FileTime changedAt = Files.getLastModifiedTime(folder);
      if (closed || changedAt.equals(seen)) {
        return;
      }
      // A run that begins meanwhile is not among them.
      Set<RunId> gone = catalog.ids();
      forEachTimeline((runId, file) -> {
        gone.remove(runId);
        if (catalog.find(runId).isEmpty() && !atRest.containsKey(runId)) {
          readOverview(runId, file, Optional.empty());
        }
      });
      catalog.removeAll(gone);
      atRest.keySet().removeAll(gone);
      seen = changedAt;
    } catch (IOException refused) {
      LOG.warn("{} cannot be looked through: {}", folder, Reasons.of(refused));
    }
  }

  private void forEachTimeline(BiConsumer<RunId, Path> action) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        RunId.parse(name.substring(0, name.length() - SUFFIX.length()))
            .ifPresent(runId -> action.accept(runId, file));
      }
    }
  }

  private void readOverview(RunId runId, Path file, Optional<CatalogFile.Known> known) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return;
      }
      FileStamp stamp = FileStamp.of(attributes);
      CatalogFile.Known now =
          known.isPresent() && known.get().stamp().equals(stamp)
              ? known.get()
              : new CatalogFile.Known(stamp, SegmentTail.read(runId, file, maxLineBytes));
      atRest.put(runId, now);
      now.overview().ifPresent(catalog::putIfAbsent);
    } catch (IOException refused) {
      // One run that cannot be read must not take the others with it.
      LOG.warn("{} is not listed: {}", file, Reasons.of(refused));
    }
  }

  /// So that the next one who opens the folder need not read every timeline. Without it they do.
  private void writeCatalog() {
    try {
      for (RunId runId : changed) {
        if (Files.exists(file(runId))) {
          atRest.put(runId, new CatalogFile.Known(FileStamp.of(file(runId)), catalog.find(runId)));
        }
      }
      unwritten.forEach(atRest::remove);
      boolean worthwhile = !changed.isEmpty() || !Files.exists(CatalogFile.in(folder));
      if (worthwhile && !atRest.isEmpty()) {
        CatalogFile.write(folder, atRest);
      }
    } catch (IOException refused) {
      LOG.warn("The catalogue of {} was not written: {}", folder, Reasons.of(refused));
    }
  }
}
