package com.commaagents.runs.store;

import com.commaagents.runs.timeline.HistoryBuilder;
import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.runs.timeline.Interest;
import java.util.function.Consumer;
import java.util.ArrayList;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;

/// Port: keeps the timelines of all runs. Thread-safe.
///
/// @see TimelineLog for what an append promises
public interface RunStore extends AutoCloseable {
  /// A log to append to a run's timeline. Touches nothing on disk before its first append. At most
  /// one log per run is open at a time; that is the caller's care.
  TimelineLog log(RunId runId);

  /// Hands every entry of a timeline over, in order, as far as it can be read; none for a run that
  /// has none. Of a run that is being written, what was acknowledged. Holds one line at a time.
  ///
  /// @param interest entries that do not matter come as [TimelineEvent.Other], or not at all
  /// @return the lines that could not be read, in order; at most [Timeline#MAX_DAMAGE_REPORTED]
  /// @throws com.commaagents.base.fault.Fault `PERSISTENCE` when the store cannot be read
  List<Damage> walk(RunId runId, Interest interest, Consumer<TimelineEntry> visitor);

  /// The whole timeline at once; else as [#walk].
  default Timeline read(RunId runId) {
    List<TimelineEntry> entries = new ArrayList<>();
    List<Damage> damage = walk(runId, Interest.EVERYTHING, entries::add);
    return new Timeline(entries, damage);
  }

  /// What a timeline comes to, as far as it can be read, in a form that can go on from there.
  default HistoryBuilder history(RunId runId) {
    HistoryBuilder builder = new HistoryBuilder();
    walk(runId, Interest.HISTORY, builder::step);
    return builder;
  }

  /// What lists show of a run; empty when no segment of it was ever started.
  Optional<RunOverview> find(RunId runId);

  /// The runs a query asks for, the one that was started last first. Answered from memory.
  ///
  /// @throws com.commaagents.base.fault.Fault `NOT_FOUND` when the run it starts behind is not
  ///   there
  List<RunOverview> list(RunQuery query);

  /// All runs, the one that was started last first.
  default List<RunOverview> list() {
    return list(RunQuery.ALL);
  }

  /// What was chosen for a run; empty where nothing was.
  ///
  /// @throws com.commaagents.base.fault.Fault `INVALID_INPUT` when it cannot be used as it is
  ///   stored; `PERSISTENCE`
  Optional<RunChoices> choices(RunId runId);

  /// Keeps what is chosen for a run, also for one that has no timeline yet; on disk when it
  /// returns.
  ///
  /// @throws com.commaagents.base.fault.Fault as [#choices]
  void choose(RunId runId, RunChoices choices);

  /// Removes a run for good: its timeline, what lies beside it, and its place in the list. No log
  /// of it is open; that is the caller's care. When it returns, no crash brings the run back. One
  /// that is not there: no effect.
  ///
  /// @throws com.commaagents.base.fault.Fault `SHUTTING_DOWN` when the store is closed;
  ///   `PERSISTENCE` when the disk refuses; the run may or may not be there then, and can be
  ///   deleted again
  void delete(RunId runId);

  /// Lists show this end of a run although it could not be written.
  void noteUnwritten(RunId runId, TimelineEntry end);

  /// Whether it can write; a store that cannot comes back by itself.
  StoreHealth health();

  /// Gives up the store; waits for the appends that are under way, and fails all that come later.
  @Override
  void close();

  /// Appends to one run's timeline; used by one thread at a time. Appends of several runs at the
  /// same time share a flush. A thread that appends must not be interrupted: that closes its file,
  /// and counts as a refusal of the disk.
  interface TimelineLog extends AutoCloseable {
    /// Appends entries in order, with one flush for all. When it returns they are on disk and
    /// survive the death of the process and of the machine.
    ///
    /// @throws com.commaagents.base.fault.Fault `SHUTTING_DOWN` when the store is closed;
    ///   `PERSISTENCE` when the disk refuses; nothing more can then be appended through this log,
    ///   and what was not acknowledged may or may not be there
    void append(List<TimelineEntry> entries);

    /// From then on the timeline is complete where the store keeps it, without the store.
    @Override
    void close();
  }

  /// A timeline as it was read.
  ///
  /// @param damage lines that could not be read, in order; at most [#MAX_DAMAGE_REPORTED]
  record Timeline(List<TimelineEntry> entries, List<Damage> damage) {
    public static final int MAX_DAMAGE_REPORTED = 100;

    public Timeline {
      entries = List.copyOf(entries);
      damage = List.copyOf(damage);
    }
  }

  /// A line that was skipped.
  ///
  /// @param offset of its first byte in the file
  record Damage(long offset, long bytes) {}
}
