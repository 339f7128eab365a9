package com.commaagents.cli.daemon;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.cli.config.DaemonSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A data folder that no daemon serves, held so that none begins to. Closing gives it back.
public final class IdleFolder implements AutoCloseable {
  private final DaemonLock lock;

  private IdleFolder(DaemonLock lock) {
    this.lock = lock;
  }

  /// Files in which a daemon that has died is still named.
  public static List<Path> leftovers(DaemonSettings settings) {
    List<Path> left = new ArrayList<>();
    if (DaemonLock.read(settings.dataDirectory())
        .filter(named -> !ProcessTable.lives(named.pid(), named.startedAt()))
        .isPresent()) {
      left.add(DaemonLock.file(settings.dataDirectory()));
    }
    if (Files.exists(settings.pidFile())
        && new PidFile(settings.pidFile()).livingProcess().isEmpty()) {
      left.add(settings.pidFile());
    }
    return left;
  }

  /// Takes a folder that is there, and clears what a daemon that has died has left.
  ///
  /// @throws Fault `CONFLICT`, which names the holder, when a daemon serves the folder;
  ///   `PERSISTENCE` when it cannot be used
  public static IdleFolder take(DaemonSettings settings) {
    refuse(Occupant.of(settings));
    DaemonLock lock =
        DaemonLock.tryTake(settings.dataDirectory())
            .orElseThrow(() -> RunningDaemon.occupied(Occupant.of(settings)));
    try {
      if (leftovers(settings).contains(settings.pidFile())) {
        Files.deleteIfExists(settings.pidFile());
      }
      return new IdleFolder(lock);
    } catch (IOException refused) {
      lock.close();
      throw new Fault(
          FaultCode.PERSISTENCE,
          "The pid file " + settings.pidFile() + " cannot be removed.",
          refused);
    }
  }

  private static void refuse(Occupant occupant) {
    switch (occupant) {
      case Occupant.Nobody() -> {}
      case Occupant.Stranger _ -> throw RunningDaemon.occupied(occupant);
      case Occupant.Ours _ ->
          throw new Fault(
              FaultCode.CONFLICT,
              RunningDaemon.occupied(occupant).message() + " Stop it first: comma daemon stop.");
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
