package com.commaagents.cli.daemon;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import java.time.Duration;
import java.util.Optional;

/// Starts, finds and stops the daemon of a data folder, from another process.
public final class DaemonControl {
  /// A start takes a second; a slow disk or a busy machine may take this.
  public static final Duration START_PATIENCE = Duration.ofSeconds(30);

  /// The daemon stops its runs within ten seconds and then has little left to do.
  public static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private static final Duration POLL = Duration.ofMillis(20);

  private final DaemonSettings settings;
  private final Flags flags;
  private final BackgroundProcess.Program self;
  private final Clock clock;

  /// `self` is how this program is started again, in the background.
  public DaemonControl(
      DaemonSettings settings, Flags flags, BackgroundProcess.Program self, Clock clock) {
    this.settings = settings;
    this.flags = flags;
    this.self = self;
    this.clock = clock;
  }

  public DaemonStatus status() {
    Occupant occupant = Occupant.of(settings);
    return new DaemonStatus(settings, occupant, health(occupant));
  }

  private static Optional<Health> health(Occupant occupant) {
    return occupant instanceof Occupant.Ours(LockHolder holder) && holder.port().isPresent()
        ? Health.ask(holder.host(), holder.port().getAsInt())
        : Optional.empty();
  }

  /// The daemon that runs, or else one that is started in the background and answers.
  ///
  /// @throws Fault `CONFLICT` when a stranger has the folder; `UPSTREAM` with the end of its log
  ///   when the daemon ended or did not answer within [#START_PATIENCE]
  public LockHolder ensureRunning() throws InterruptedException {
    return switch (Occupant.of(settings)) {
      case Occupant.Stranger stranger -> throw RunningDaemon.occupied(stranger);
      case Occupant.Ours(LockHolder holder) -> awaitAnswer(Optional.empty());
      case Occupant.Nobody() ->
          awaitAnswer(Optional.of(BackgroundProcess.spawn(self, settings, flags)));
    };
  }

  /// Starts a daemon in the background.
  ///
  /// @throws Fault as [#ensureRunning], and `CONFLICT` when a daemon runs already
  public LockHolder start() throws InterruptedException {
    Occupant occupant = Occupant.of(settings);
    if (!(occupant instanceof Occupant.Nobody)) {
      throw RunningDaemon.occupied(occupant);
    }
    return ensureRunning();
  }

  // The one that answers need not be the one that was spawned: of two that start at once one wins.
  // The
  // other one must not come up when the winner is stopped soon.
  private LockHolder awaitAnswer(Optional<BackgroundProcess> spawned) throws InterruptedException {
    long deadline = clock.nanos() + START_PATIENCE.toNanos();
    while (clock.nanos() < deadline) {
      Occupant occupant = Occupant.of(settings);
      if (occupant instanceof Occupant.Ours(LockHolder holder) && health(occupant).isPresent()) {
        spawned.ifPresent(process -> process.endUnlessItIs(holder.pid()));
        return holder;
      }
      boolean ended = spawned.isPresent() && !spawned.get().lives();
      if (ended && !(Occupant.of(settings) instanceof Occupant.Ours)) {
        throw new Fault(
            FaultCode.UPSTREAM, "The daemon did not start.\n" + spawned.get().lastWords());
      }
      clock.sleep(POLL);
    }
    throw new Fault(
        FaultCode.UPSTREAM,
        "The daemon did not answer within %d s. Its log: %s"
            .formatted(START_PATIENCE.toSeconds(), settings.logFile()));
  }

  /// Asks the daemon to end and waits until it has; false when none ran.
  ///
  /// @throws Fault `CONFLICT` when a stranger has the folder; `UPSTREAM` when the daemon still
  ///   lives after [#STOP_PATIENCE]
  public boolean stop() throws InterruptedException {
    return switch (Occupant.of(settings)) {
      case Occupant.Nobody() -> false;
      case Occupant.Stranger stranger -> throw RunningDaemon.occupied(stranger);
      case Occupant.Ours(LockHolder holder) -> stop(holder);
    };
  }

  private boolean stop(LockHolder holder) throws InterruptedException {
    ProcessHandle.of(holder.pid()).ifPresent(ProcessHandle::destroy);
    long deadline = clock.nanos() + STOP_PATIENCE.toNanos();
    while (ProcessTable.lives(holder.pid(), holder.startedAt())) {
      if (clock.nanos() >= deadline) {
        throw new Fault(
            FaultCode.UPSTREAM,
            "The daemon (pid %d) has been asked to stop, but lives after %d s. Its log: %s. To end it by force: kill -9 %d"
                .formatted(
                    holder.pid(), STOP_PATIENCE.toSeconds(), holder.logFile(), holder.pid()));
      }
      clock.sleep(POLL);
    }
    return true;
  }
}
