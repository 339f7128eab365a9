package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;
import com.commaagents.base.task.TaskScope;
import com.commaagents.runs.store.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the appends of all runs to disk through one journal, and the journal home into the files
/// of the runs. Thread-safe; its lock is held while the disk works, since one thread writes.
///
/// INVARIANT: whatever was acknowledged and is not on disk in the file of its run is in the
/// journal, and is owed to that file or stands there already; see [OpenTimeline]. The journal is
/// begun anew or removed only when those files were written and forced since.
///
/// When the disk fails, nothing more is written until [#mend] could bring home what was
/// acknowledged and begin a new journal; each further batch tries that first.
final class Durability implements AutoCloseable {
  static final int MAX_NOTES = 100;
  static final int MAX_FORCES_AT_ONCE = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Durability.class);
  private static final String PROBE = "runs.probe";
  // More than a file system may have to spare in a block that is already in use.
  private static final int PROBE_BYTES = 64 << 10;

  private final Disk disk;
  private final Path folder;
  private final int maxJournalBytes;
  // Written in front of the next batch, so before whatever comes of the same run.
  private final List<JournalEntry> notes = new ArrayList<>();
  // Files whose lines are in the journal and not known to be on disk.
  private final Set<OpenTimeline> unforced = new LinkedHashSet<>();
  private final Set<OpenTimeline> leftOpen = new LinkedHashSet<>();
  private @Nullable Journal journal;
  private boolean broken;
  private boolean closed;

  private Durability(Disk disk, Path folder, int maxJournalBytes) {
    this.disk = disk;
    this.folder = folder;
    this.maxJournalBytes = maxJournalBytes;
  }

  /// Brings home what a dead process has left in its journal.
  ///
  /// @throws com.commaagents.base.fault.Fault `PERSISTENCE` for a journal of an unknown version
  static Durability open(Disk disk, Path folder, int maxJournalBytes) throws IOException {
    int batches = JournalReplay.bringHome(disk, folder, maxJournalBytes, 0);
    if (batches > 0) {
      LOG.info("brought {} writes home from the journal of a process that died", batches);
    }
    return new Durability(disk, folder, maxJournalBytes);
  }

  /// Brings a batch to disk, with one force.
  ///
  /// @param files which the entries are of
  /// @param acknowledged is told of each entry by its place, one after the other, so that who waits
  ///   for the first goes on while the last is still being noted
  /// @return the files that are owed something from now on
  synchronized List<OpenTimeline> write(
      List<JournalEntry> batch, List<OpenTimeline> files, IntConsumer acknowledged)
      throws IOException {
    mend();
    List<JournalEntry> entries = batch;
    if (!notes.isEmpty()) {
      entries = new ArrayList<>(notes);
      entries.addAll(batch);
      notes.clear();
    }
    boolean written = false;
    try {
      room(entries).append(entries);
      written = true;
    } finally {
      broken = !written;
    }
    List<OpenTimeline> owing = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      OpenTimeline file = files.get(i);
      unforced.add(file);
      if (file.acknowledge(batch.get(i).lines())) {
        owing.add(file);
      }
      acknowledged.accept(i);
    }
    return owing;
  }

  /// Makes sure that nothing the journal has of a run is brought into its file later, and gives up
  /// what the file is still owed. On disk when it returns. Works on a full disk too: where the
  /// journal takes nothing more it is brought home.
  ///
  /// @param runId of a run whose log is closed
  synchronized void forget(RunId runId) throws IOException {
    for (OpenTimeline file : left(runId)) {
      file.drop();
      unforced.remove(file);
      leftOpen.remove(file);
    }
    mend();
    if (journal == null) {
      return;
    }
    try {
      List<OpenTimeline> _ = write(List.of(JournalEntry.settled(runId)), List.of(), _ -> {});
    } catch (IOException full) {
      LOG.debug("a deletion is not noted in the journal, which is given up instead", full);
      mend();
    }
  }

  /// Before a file of a run is opened to be written: what was acknowledged of it is in it then, and
  /// what was not will not come. A journal that does not lie where it was made is made anew: it
  /// would not be found after a crash.
  synchronized void prepare(RunId runId) throws IOException {
    if (journal != null && !journal.inPlace()) {
      LOG.warn("the journal of {} was removed while it was written", folder);
      broken = true;
    }
    mend();
    for (OpenTimeline file : left(runId)) {
      file.force();
      closeLeft(file);
    }
  }

  /// Closes a file of a run, complete and forced.
  ///
  /// @return why that was refused; it is kept open until it can be done
  Optional<IOException> settle(OpenTimeline file) {
    Optional<IOException> refused = file.tryForce();
    synchronized (this) {
      if (refused.isEmpty()) {
        unforced.remove(file);
        note(JournalEntry.settled(file.runId()));
      } else if (unforced.contains(file)) {
        // Lines that only could not be written yet are safe in the journal meanwhile.
        broken |= file.isSuspect();
        leftOpen.add(file);
        return refused;
      }
    }
    file.close();
    return Optional.empty();
  }

  /// Sees whether the disk takes something, after everything acknowledged was brought home.
  synchronized void probe() throws IOException {
    if (closed) {
      return;
    }
    mend();
    for (OpenTimeline file : List.copyOf(unforced)) {
      file.writeOwed();
    }
    for (OpenTimeline file : List.copyOf(leftOpen)) {
      file.force();
      closeLeft(file);
    }
    Path probe = folder.resolve(PROBE);
    try (DiskFile file = disk.open(probe)) {
      file.writeFully(ByteBuffer.allocate(PROBE_BYTES), 0);
      file.force();
    } finally {
      disk.delete(probe);
    }
  }

  /// Forces the files of all runs and removes the journal. Where that fails the journal stays, for
  /// the next process.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      mend();
      checkpoint();
      closeJournal();
      disk.delete(Journal.in(folder));
    } catch (IOException refused) {
      LOG.warn("the journal of {} stays: {}", folder, Reasons.of(refused));
    } finally {
      closeJournal();
      // Nothing is written into the folder any more, whoever has it then.
      unforced.forEach(OpenTimeline::close);
      settled();
    }
  }

  // Without it there is only more work after a crash.
  private void note(JournalEntry settled) {
    if (notes.size() < MAX_NOTES) {
      notes.add(settled);
    }
  }

  private List<OpenTimeline> left(RunId runId) {
    return leftOpen.stream().filter(file -> file.runId().equals(runId)).toList();
  }

  private void closeLeft(OpenTimeline file) {
    unforced.remove(file);
    leftOpen.remove(file);
    file.close();
    note(JournalEntry.settled(file.runId()));
  }

  private Journal room(List<JournalEntry> entries) throws IOException {
    Journal open = journal;
    if (open == null) {
      open = Journal.create(disk, folder, maxJournalBytes);
      journal = open;
    } else if (!open.fits(entries)) {
      checkpoint();
      open.restart();
    }
    return open;
  }

  private void checkpoint() throws IOException {
    List<IOException> refusals = forceAll();
    if (!refusals.isEmpty()) {
      throw refusals.getFirst();
    }
    unforced.forEach(OpenTimeline::look);
    settled();
  }

  /// After a failure: everything acknowledged into the files of the runs, by force where that can
  /// be trusted, else by writing it anew from the journal; then no journal.
  private void mend() throws IOException {
    if (!broken) {
      return;
    }
    int acknowledged = journal == null ? 0 : journal.batches();
    if (forceAll().isEmpty()) {
      closeJournal();
      disk.delete(Journal.in(folder));
    } else {
      rewrite(acknowledged);
      closeJournal();
    }
    settled();
    broken = false;
  }

  // A disk does many forces at once in little more time than one.
  private List<IOException> forceAll() {
    List<OpenTimeline> files = List.copyOf(unforced);
    List<IOException> refusals = new ArrayList<>();
    for (int i = 0; i < files.size(); i += MAX_FORCES_AT_ONCE) {
      int end = Math.min(files.size(), i + MAX_FORCES_AT_ONCE);
      List<Callable<Optional<IOException>>> forces = new ArrayList<>();
      for (OpenTimeline file : files.subList(i, end)) {
        forces.add(file::tryForce);
      }
      GroupCommit.anyhow(() ->
          TaskScope.<Optional<IOException>>all("force", forces)
              .forEach(refused -> refused.ifPresent(refusals::add)));
    }
    return refusals;
  }

  private void rewrite(int acknowledged) throws IOException {
    int batches = JournalReplay.bringHome(disk, folder, maxJournalBytes, acknowledged);
    LOG.warn("wrote {} batches anew from the journal, since a force had failed", batches);
    unforced.forEach(OpenTimeline::rewritten);
  }

  private void settled() {
    unforced.clear();
    leftOpen.forEach(OpenTimeline::close);
    leftOpen.clear();
  }

  private void closeJournal() {
    Journal open = journal;
    journal = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException ignored) {
        // What was acknowledged is forced.
        LOG.debug("closing the journal failed", ignored);
      }
    }
  }
}
