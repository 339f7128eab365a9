package com.commaagents.cli.daemon;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.DaemonSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// A daemon that runs in this process: lock, pid file, service; closing undoes all three.
///
/// INVARIANT: nothing in the data folder but the lock file is touched before the lock is held and
/// no stranger's pid file names a live process.
public final class RunningDaemon implements AutoCloseable {
  /// A daemon that is just going down may still hold the lock; a successor waits this long.
  static final Duration LOCK_PATIENCE = Duration.ofSeconds(1);

  private static final Duration LOCK_POLL = Duration.ofMillis(20);

  private final DaemonLock lock;
  private final PidFile pidFile;
  private final DaemonService service;
  private final LockHolder holder;

  private RunningDaemon(
      DaemonLock lock, PidFile pidFile, DaemonService service, LockHolder holder) {
    this.lock = lock;
    this.pidFile = pidFile;
    this.service = service;
    this.holder = holder;
  }

  /// Becomes the daemon of the data folder and returns when it listens.
  ///
  /// @throws Fault `CONFLICT` when the folder has a daemon already; `PERSISTENCE` when the folder
  ///   cannot be used; and what the factory throws
  /// @throws InterruptedException while waiting for the lock
  public static RunningDaemon start(
      DaemonSettings settings, DaemonServiceFactory factory, Build build, Clock clock)
      throws InterruptedException {
    DataFolder.create(settings.dataDirectory());
    DaemonLock lock = takeLock(settings, clock);
    try {
      return start(settings, factory, build, clock, lock);
    } catch (Fault | InterruptedException failed) {
      lock.close();
      throw failed;
    }
  }

  private static RunningDaemon start(
      DaemonSettings settings,
      DaemonServiceFactory factory,
      Build build,
      Clock clock,
      DaemonLock lock)
      throws InterruptedException {
    PidFile pidFile = new PidFile(settings.pidFile());
    if (pidFile.livingProcess().isPresent()) {
      throw occupied(new Occupant.Stranger(pidFile.livingProcess().getAsLong(), pidFile.path()));
    }
    long pid = ProcessHandle.current().pid();
    LockHolder starting =
        new LockHolder(
            pid,
            settings.host(),
            OptionalInt.empty(),
            clock.now(),
            settings.logFile().toString(),
            build);
    lock.announce(starting);
    pidFile.write(pid);
    try {
      DaemonService service = factory.start(settings);
      LockHolder listening = starting.listeningOn(service.port());
      lock.announce(listening);
      return new RunningDaemon(lock, pidFile, service, listening);
    } catch (Fault failed) {
      pidFile.removeIfOf(pid);
      throw failed;
    }
  }

  private static DaemonLock takeLock(DaemonSettings settings, Clock clock)
      throws InterruptedException {
    long deadline = clock.nanos() + LOCK_PATIENCE.toNanos();
    Optional<DaemonLock> lock = DaemonLock.tryTake(settings.dataDirectory());
    while (lock.isEmpty() && clock.nanos() < deadline) {
      clock.sleep(LOCK_POLL);
      lock = DaemonLock.tryTake(settings.dataDirectory());
    }
    return lock.orElseThrow(() -> occupied(Occupant.of(settings)));
  }

  /// What to tell somebody who wants a data folder that is taken.
  static Fault occupied(Occupant occupant) {
    return new Fault(
        FaultCode.CONFLICT,
        switch (occupant) {
          case Occupant.Ours(LockHolder holder) ->
              "A daemon serves this data folder already: pid %d%s."
                  .formatted(
                      holder.pid(),
                      holder.port().isPresent()
                          ? ", " + holder.host() + ":" + holder.port().getAsInt()
                          : ", about to listen");
          case Occupant.Stranger(long pid, Path file) ->
              ("Another daemon uses this data folder: %s names the live process %d. Stop it, or set"
                      + " COMMA_HOME to another folder.")
                  .formatted(file, pid);
          case Occupant.Nobody() ->
              "Another daemon holds the lock of this data folder and does not say its name.";
        });
  }

  public LockHolder holder() {
    return holder;
  }

  /// Closes the service, then gives up pid file and lock: a successor starts on a quiet folder.
  @Override
  public void close() {
    try {
      service.close();
    } finally {
      pidFile.removeIfOf(holder.pid());
      lock.close();
    }
  }
}
