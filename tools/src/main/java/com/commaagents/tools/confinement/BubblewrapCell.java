package com.commaagents.tools.confinement;

import com.commaagents.base.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The commands of one run in bubblewrap. They share the process ids of a [NamespaceHolder], so
/// that one can signal what another left behind, and nothing of it outlives the run or the daemon.
///
/// A folder is bound by what a shell holds open of it, never by its name again: somebody may
/// exchange a name in the meantime.
final class BubblewrapCell implements Cell {
  // The descriptors that are handed to bubblewrap. It closes those of folders itself.
  private static final int USER = 3;
  private static final int PROCESSES = 4;
  private static final int WORKSPACE = 5;
  private static final int DIRECTORY = 6;

  private static final String JOIN =
      """
      token=$1 holder=$2 directory=$3 workspace=$4
      shift 4
      moved() { printf '\\n%s moved\\n' "$token"; read -r _; exit; }
      cd -P . && [ "$PWD" = "$directory" ] || moved
      exec 6<.
      cd -P "$workspace" && [ "$PWD" = "$workspace" ] || moved
      exec 3<"/proc/$holder/ns/user" 4<"/proc/$holder/ns/pid" 5<.
      exec "$@"
      """;

  private static final String WITHOUT_DESCRIPTORS = "exec \"$@\" 3<&- 4<&- 5<&- 6<&-";

  private final Bubblewrap bubblewrap;
  private final Path workspace;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<NamespaceHolder> holder = Optional.empty();
  private boolean closed;

  BubblewrapCell(Bubblewrap bubblewrap, Path workspace, Clock clock) {
    this.bubblewrap = bubblewrap;
    this.workspace = workspace;
    this.clock = clock;
  }

  @Override
  public Process start(Launch launch) throws IOException, InterruptedException {
    long holding = holder(launch).pid();
    Mounts mounts = new Mounts(bubblewrap.places()).withWritable(workspace, WORKSPACE);
    if (!launch.directory().startsWith(workspace)) {
      mounts.withWritable(launch.directory(), DIRECTORY);
    }
    String shell = bubblewrap.shell().toString();
    List<String> arguments = new ArrayList<>(launch.session());
    arguments.addAll(List.of(shell, "-c", JOIN, "comma", launch.token(), Long.toString(holding)));
    arguments.addAll(List.of(launch.directory().toString(), workspace.toString()));
    arguments.addAll(bubblewrap.joining(USER, PROCESSES, mounts, launch));
    arguments.addAll(List.of(shell, "-c", WITHOUT_DESCRIPTORS, "comma"));
    arguments.addAll(launch.program());
    return Unconfined.start(arguments, launch.directory(), launch.environment());
  }

  // A command may have ended all it sees, and the holder with it: then the next one gets another.
  private NamespaceHolder holder(Launch launch) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (closed) {
        throw new IOException("the run has ended");
      }
      if (holder.filter(NamespaceHolder::lives).isEmpty()) {
        holder.ifPresent(NamespaceHolder::close);
        holder = Optional.of(NamespaceHolder.start(bubblewrap, launch.session(), clock));
      }
      return holder.orElseThrow();
    } finally {
      lock.unlock();
    }
  }

  // A command may kill all it sees, and the namespace with that. Until its end is noticed here, it
  // looks alive, and whoever joins it is killed too, or refused by the kernel: bubblewrap says so,
  // which it does for nobody who began.
  @Override
  public boolean neverBegan(String errors, long sinceNanos) throws InterruptedException {
    Optional<NamespaceHolder> now;
    lock.lockInterruptibly();
    try {
      now = holder;
    } finally {
      lock.unlock();
    }
    boolean ended = now.isPresent() && (now.get().isYoungerThan(sinceNanos) || now.get().ends());
    return ended && errors.startsWith("bwrap: ");
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      holder.ifPresent(NamespaceHolder::close);
      holder = Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
