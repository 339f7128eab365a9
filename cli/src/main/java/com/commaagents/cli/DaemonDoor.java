package com.commaagents.cli;

import com.commaagents.cli.client.DaemonClient;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Secret;
import com.commaagents.cli.daemon.DaemonControl;
import com.commaagents.cli.daemon.LockHolder;
import com.commaagents.cli.daemon.Occupant;
import com.commaagents.cli.terminal.Terminal;
import java.net.URI;

/// The daemon that a command talks to: the one that runs, or one that is started for it.
final class DaemonDoor {
  private DaemonDoor() {}

  /// @param terminal is told, unless `quiet`, of a start and of a daemon of another build
  static LockHolder open(
      Surroundings surroundings, Terminal terminal, DaemonSettings settings, boolean quiet)
      throws InterruptedException {
    DaemonControl control =
        new DaemonControl(settings, Flags.NONE, surroundings.self(), surroundings.clock());
    if (Occupant.of(settings) instanceof Occupant.Nobody && !quiet) {
      terminal.err("Starting the daemon …");
    }
    LockHolder daemon = control.ensureRunning();
    if (!daemon.build().equals(surroundings.build()) && !quiet) {
      terminal.err("The daemon that runs is another build: comma daemon restart takes this one.");
    }
    return daemon;
  }

  /// What is done with a connection.
  @FunctionalInterface
  interface Work<T> {
    T with(DaemonClient daemon) throws InterruptedException;
  }

  /// Does something with a connection to the daemon, which is started where none runs.
  static <T> T ask(
      Surroundings surroundings, Terminal terminal, DaemonSettings settings, Work<T> work)
      throws InterruptedException {
    LockHolder daemon = open(surroundings, terminal, settings, false);
    try (DaemonClient client = connect(daemon, settings)) {
      return work.with(client);
    }
  }

  static DaemonClient connect(LockHolder daemon, DaemonSettings settings)
      throws InterruptedException {
    return DaemonClient.connect(address(daemon), settings.token().map(Secret::value));
  }

  static URI address(LockHolder daemon) {
    return DaemonSettings.localAddress("ws", daemon.host(), daemon.port().orElse(0), "/ws");
  }
}
