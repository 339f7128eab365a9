package com.commaagents.tools.process;

import com.commaagents.base.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All processes that come from one command, or from all commands of a run, and their end.
///
/// Found are, on Linux: the session of the command, all children of what was found, and whoever
/// carries its mark in the environment, so that also a process in a session of its own whose
/// parents are gone. Elsewhere: the children of a process that is still there.
///
/// Limits: [#GRACE] between asking and killing; then [#MAX_ROUNDS] rounds of killing, so that a
/// process that forks all the time cannot keep anybody busy for ever.
final class ProcessTree {
  static final Duration GRACE = Duration.ofMillis(20);
  private static final Duration PAUSE = Duration.ofMillis(4);
  private static final int MAX_ROUNDS = 200;

  private final Clock clock;
  private final Optional<ProcessHandle> root;
  private final OptionalLong session;
  private final String mark;
  private final long startTicks;

  private ProcessTree(
      Clock clock,
      Optional<ProcessHandle> root,
      OptionalLong session,
      String mark,
      long startTicks) {
    this.clock = clock;
    this.root = root;
    this.session = session;
    this.mark = mark;
    this.startTicks = startTicks;
  }

  /// The tree of a command.
  ///
  /// @param ownSession whether it was given a session of its own
  /// @param mark what only its processes have in their environment
  static ProcessTree of(Clock clock, Process process, boolean ownSession, String mark) {
    long start = ProcessTable.row(process.pid()).map(ProcessTable.Row::startTicks).orElse(0L);
    return new ProcessTree(
        clock,
        Optional.of(process.toHandle()),
        ownSession ? OptionalLong.of(process.pid()) : OptionalLong.empty(),
        mark,
        start);
  }

  ProcessTree earlier(@Nullable ProcessTree other) {
    return other == null || startTicks <= other.startTicks ? this : other;
  }

  /// All processes with a mark that began at this tree's time or later.
  ProcessTree withMark(String wider) {
    return new ProcessTree(clock, Optional.empty(), OptionalLong.empty(), wider, startTicks);
  }

  /// Ends them all: asks, waits a moment, kills. An interruption cuts the moment short; it is never
  /// lost, and every process is ended all the same.
  void end() {
    boolean interrupted = false;
    long deadline = clock.nanos() + GRACE.toNanos();
    members().forEach(ProcessHandle::destroy);
    try {
      while (clock.nanos() - deadline < 0) {
        if (members().isEmpty()) {
          return;
        }
        clock.sleep(PAUSE);
      }
    } catch (InterruptedException again) {
      interrupted = true;
    }
    kill();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // INVARIANT: when a round finds nobody new, nobody is left. Who was killed runs no more, and a
  // fork that was under way then either is seen or does not happen. Who takes another program just
  // then is looked at until its environment shows. So there is nothing else to wait for.
  private void kill() {
    Set<Long> killed = new HashSet<>();
    boolean grew = true;
    for (int round = 0; grew && round < MAX_ROUNDS; round++) {
      grew = false;
      for (ProcessHandle alive : members()) {
        if (killed.add(alive.pid())) {
          boolean sent = alive.destroyForcibly();
          grew |= sent;
        }
      }
    }
  }

  /// The processes that are alive.
  List<ProcessHandle> members() {
    List<ProcessTable.Row> rows =
        ProcessTable.rows().stream().filter(row -> row.startTicks() >= startTicks).toList();
    Set<Long> found = new HashSet<>();
    root.ifPresent(process -> found.add(process.pid()));
    for (ProcessTable.Row row : rows) {
      if (isOurs(row)) {
        found.add(row.pid());
      }
    }
    boolean grew = true;
    while (grew) {
      grew = false;
      for (ProcessTable.Row row : rows) {
        grew |= found.contains(row.parent()) && found.add(row.pid());
      }
    }
    Stream<ProcessHandle> children =
        rows.isEmpty() ? root.stream().flatMap(ProcessHandle::descendants) : Stream.empty();
    Set<Long> alive = new HashSet<>(rows.stream().map(ProcessTable.Row::pid).toList());
    return Stream.concat(
            found.stream()
                .filter(pid -> rows.isEmpty() || alive.contains(pid))
                .flatMap(pid -> ProcessHandle.of(pid).stream()),
            children)
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  private boolean isOurs(ProcessTable.Row row) {
    boolean inSession =
        session.isPresent()
            && (row.session() == session.getAsLong() || row.group() == session.getAsLong());
    return inSession || row.environmentHolds(mark);
  }
}
