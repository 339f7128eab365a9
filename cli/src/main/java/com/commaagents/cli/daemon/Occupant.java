package com.commaagents.cli.daemon;

import com.commaagents.cli.config.DaemonSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// Who has a data folder right now.
public sealed interface Occupant {
  /// Nobody; files of a daemon that is dead may lie there.
  record Nobody() implements Occupant {}

  /// A daemon of this program.
  record Ours(LockHolder holder) implements Occupant {}

  /// A process that our lock does not name, such as the public daemon.
  record Stranger(long pid, Path pidFile) implements Occupant {}

  /// Looks at lock file and pid file; never changes them.
  static Occupant of(DaemonSettings settings) {
    Optional<LockHolder> holder =
        DaemonLock.read(settings.dataDirectory())
            .filter(named -> ProcessTable.lives(named.pid(), named.startedAt()));
    if (holder.isPresent()) {
      return new Ours(holder.get());
    }
    OptionalLong stranger = new PidFile(settings.pidFile()).livingProcess();
    return stranger.isPresent()
        ? new Stranger(stranger.getAsLong(), settings.pidFile())
        : new Nobody();
  }
}
