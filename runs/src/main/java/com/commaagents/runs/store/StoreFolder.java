package com.commaagents.runs.store;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The folder of a file store while no store is open on it, for those who look after it: no other
/// process opens it meanwhile, and its timelines are complete. Thread-safe.
public final class StoreFolder implements AutoCloseable {
  private static final String SUFFIX = FileRunStore.SUFFIX;

  private final FolderLock lock;

  private StoreFolder(FolderLock lock) {
    this.lock = lock;
  }

  /// Takes a folder that is there, and brings home what a dead process has left in its journal.
  ///
  /// @param who for the message that another process shows
  /// @throws Fault `CONFLICT`, which names the holder, when another process holds the folder;
  ///   `PERSISTENCE` when it cannot be used, or its journal cannot be brought home
  public static StoreFolder take(Path folder, String who) {
    try {
      FolderLock lock = FolderLock.take(folder, who);
      boolean taken = false;
      try {
        StoreSettings settings = StoreSettings.usual();
        int _ = JournalReplay.bringHome(settings.disk(), folder, settings.maxJournalBytes(), 0);
        taken = true;
        return new StoreFolder(lock);
      } finally {
        if (!taken) {
          lock.close();
        }
      }
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "Cannot use the runs folder " + folder + ": " + Reasons.of(refused) + ".",
          refused);
    }
  }

  /// Who has a store open on a folder right now; empty when nobody does.
  public static Optional<String> holder(Path folder) {
    return FolderLock.holder(folder);
  }

  /// Whether a file of this name would hold a timeline, if its name is a run's id.
  public static boolean isTimelineName(String name) {
    return name.endsWith(SUFFIX);
  }

  /// What stands before the ending of a timeline's name.
  public static String stem(String timelineName) {
    return timelineName.substring(0, timelineName.length() - SUFFIX.length());
  }

  /// Where a journal lies as long as a store is open, and after its process died.
  public static Path journal(Path folder) {
    return Journal.in(folder);
  }

  /// Brings a folder's names to disk.
  public static void force(Path folder) throws IOException {
    OwnerOnly.forceFolder(folder);
  }

  @Override
  public void close() {
    lock.close();
  }
}
