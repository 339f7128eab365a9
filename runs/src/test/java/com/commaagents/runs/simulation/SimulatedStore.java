package com.commaagents.runs.simulation;

import com.commaagents.runs.timeline.Interest;
import java.util.function.Consumer;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.fakes.ForwardingStore;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.store.RunOverview;
import com.commaagents.runs.timeline.TimelineEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The store of one life of the run system: takes its time, refuses now and then, and can be cut
/// off from the disk in the middle of everything.
final class SimulatedStore extends ForwardingStore {
  private static final int REFUSES_ONE_IN = 120;

  private final Disk disk;
  private final MemoryRunStore inner;
  private final Chance chance;
  private final Referee referee;
  private final boolean unreliable;
  private final Set<RunId> deleted = new HashSet<>();
  private int openLogs;
  private boolean cut;

  SimulatedStore(Disk disk, Chance chance, Referee referee) {
    this(disk, disk.boot(), chance, referee);
  }

  private SimulatedStore(Disk disk, MemoryRunStore inner, Chance chance, Referee referee) {
    super(inner);
    this.disk = disk;
    this.inner = inner;
    this.chance = chance;
    this.referee = referee;
    this.unreliable = chance.oneIn(3);
  }

  int openLogs() {
    return openLogs;
  }

  /// The process has died: nothing that begins from now on reaches the disk.
  void cut() {
    cut = true;
  }

  /// What lists show, without taking time.
  Optional<RunOverview> glance(RunId runId) {
    return inner.find(runId);
  }

  @Override
  public TimelineLog log(RunId runId) {
    openLogs++;
    return new SimulatedLog(runId, inner.log(runId));
  }

  @Override
  public List<Damage> walk(RunId runId, Interest interest, Consumer<TimelineEntry> visitor) {
    chance.pause();
    if (unreliable && chance.oneIn(REFUSES_ONE_IN)) {
      referee.count("unreadable");
      throw new Fault(FaultCode.PERSISTENCE, "Cannot read the timeline: an I/O error.");
    }
    List<Damage> damage = inner.walk(runId, interest, visitor);
    chance.pause();
    return damage;
  }

  @Override
  public Optional<RunOverview> find(RunId runId) {
    chance.pause();
    return inner.find(runId);
  }

  @Override
  public void delete(RunId runId) {
    boolean tooLate = cut;
    chance.pause();
    if (tooLate || cut || (unreliable && chance.oneIn(REFUSES_ONE_IN / 10))) {
      referee.count("deletion refused");
      throw new Fault(FaultCode.PERSISTENCE, "Cannot delete the run " + runId + ": an I/O error.");
    }
    inner.delete(runId);
    disk.delete(runId);
    deleted.add(runId);
    referee.note(runId + " disk deleted");
    chance.pause();
  }

  /// Whether a run was deleted and nothing was kept of it since.
  boolean isDeleted(RunId runId) {
    return deleted.contains(runId);
  }

  @Override
  public void noteUnwritten(RunId runId, TimelineEntry end) {
    chance.pause();
    inner.noteUnwritten(runId, end);
    chance.pause();
  }

  private final class SimulatedLog implements TimelineLog {
    private final RunId run;
    private final TimelineLog log;
    private boolean broken;
    private boolean open = true;

    SimulatedLog(RunId run, TimelineLog log) {
      this.run = run;
      this.log = log;
    }

    @Override
    public void append(List<TimelineEntry> entries) {
      boolean tooLate = cut;
      chance.pause();
      if (tooLate || broken) {
        throw refusal();
      }
      if (cut || (unreliable && chance.oneIn(REFUSES_ONE_IN))) {
        // Nobody was told that it is there; some of it may be.
        write(new ArrayList<>(entries.subList(0, chance.below(entries.size() + 1))));
        broken = true;
        referee.count("append refused");
        throw refusal();
      }
      write(entries);
      chance.pause();
      if (cut) {
        throw refusal();
      }
    }

    private void write(List<TimelineEntry> entries) {
      log.append(entries);
      disk.write(run, entries);
      deleted.remove(run);
      entries.forEach(
          entry -> referee.note(run + " disk " + entry.event().getClass().getSimpleName()));
    }

    private static Fault refusal() {
      return new Fault(FaultCode.PERSISTENCE, "Cannot write the timeline: no space left.");
    }

    @Override
    public void close() {
      chance.pause();
      log.close();
      if (open) {
        open = false;
        openLogs--;
      }
    }
  }
}
