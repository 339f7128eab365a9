package com.commaagents.tools.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/// Lets one change at a time into a file, so that two calls at once cannot lose one another's.
///
/// 64 locks are shared by all files. Several are taken in one order, so nobody waits in a circle.
/// Holds within this process only.
public final class FileLocks {
  private static final int STRIPES = 64;

  private final List<ReentrantLock> stripes = new ArrayList<>();

  public FileLocks() {
    for (int i = 0; i < STRIPES; i++) {
      stripes.add(new ReentrantLock());
    }
  }

  /// What is done while the files are locked.
  public interface Work<T, X extends Exception> {
    T run() throws X, java.io.IOException, InterruptedException;
  }

  /// Does the work with the files locked; an interruption ends the wait for them.
  public <T, X extends Exception> T with(List<Path> files, Work<T, X> work)
      throws X, java.io.IOException, InterruptedException {
    TreeSet<Integer> wanted = new TreeSet<>();
    files.forEach(file -> wanted.add(Math.floorMod(file.hashCode(), STRIPES)));
    List<ReentrantLock> held = new ArrayList<>();
    try {
      for (int stripe : wanted) {
        stripes.get(stripe).lockInterruptibly();
        held.add(stripes.get(stripe));
      }
      return work.run();
    } finally {
      held.reversed().forEach(ReentrantLock::unlock);
    }
  }
}
