package com.commaagents.runs.lifecycle;

import com.commaagents.runs.lifecycle.Decision.Accepted;
import com.commaagents.runs.lifecycle.Decision.Ignored;
import com.commaagents.runs.lifecycle.Decision.Refusal;
import com.commaagents.runs.lifecycle.Decision.Refused;
import com.commaagents.runs.lifecycle.RunState.Absent;
import com.commaagents.runs.lifecycle.RunState.Discarded;
import com.commaagents.runs.lifecycle.RunState.Finished;
import com.commaagents.runs.lifecycle.RunState.Pending;
import com.commaagents.runs.lifecycle.RunState.Running;
import java.util.Optional;

/// The life of a run as two pure functions: what a command leads to, and what an event makes of a
/// state.
///
/// ```
///            Prepare       Start, Resume          End, Stop, Interrupt
///   Absent ───────────▶ Pending ───────▶ Running ───────────────────────▶ Finished
///                          │  ▲                                              │
///                     Stop │  └──────────────── Prepare ─────────────────────┤
///                          ▼                                                 │
///                      Discarded
///
///   Pending, stopped or released, goes back to Finished where it was prepared for continuation;
///   a new run that is released is Absent again.
/// ```
public final class Lifecycle {
  private Lifecycle() {}

  /// What a command leads to in a state. Total: every pair has an answer.
  public static Decision decide(RunState state, RunCommand command) {
    return switch (command) {
      case RunCommand.Prepare() -> prepare(state);
      case RunCommand.Start() -> start(state, false);
      case RunCommand.Continue() -> start(state, true);
      case RunCommand.Resume() -> resume(state);
      case RunCommand.Stop(var message) -> stop(state, message);
      case RunCommand.Release() -> release(state);
      case RunCommand.End(var outcome) -> end(state, outcome);
      case RunCommand.Interrupt() ->
          end(
              state,
              Finished.failed(
                  RunError.INTERRUPTED, "The process that executed this run ended before it did."));
    };
  }

  /// What an event makes of a state. Total over what can stand in a damaged timeline: a start
  /// always begins a segment, an end always ends one.
  ///
  /// @throws IllegalStateException for an event that [#decide] never accepts in this state
  public static RunState after(RunState state, RunEvent event) {
    return switch (event) {
      case RunEvent.Prepared() ->
          switch (state) {
            case Absent() -> new Pending(Optional.empty());
            case Finished previous -> new Pending(Optional.of(previous));
            case Pending _, Running _, Discarded _ -> throw illegal(state, event);
          };
      case RunEvent.Started() ->
          switch (state) {
            case Absent _, Pending _, Running _, Finished _ -> new Running();
            case Discarded _ -> throw illegal(state, event);
          };
      case RunEvent.Ended(var outcome) ->
          switch (state) {
            case Absent _, Running _, Finished _ -> outcome;
            case Pending _, Discarded _ -> throw illegal(state, event);
          };
      case RunEvent.Abandoned(var _) ->
          switch (state) {
            case Pending(var previous) -> previous.isPresent() ? previous.get() : new Discarded();
            case Absent _, Running _, Finished _, Discarded _ -> throw illegal(state, event);
          };
      case RunEvent.Released() ->
          switch (state) {
            case Pending(var previous) -> previous.isPresent() ? previous.get() : new Absent();
            case Absent _, Running _, Finished _, Discarded _ -> throw illegal(state, event);
          };
    };
  }

  private static Decision prepare(RunState state) {
    return switch (state) {
      case Absent _, Finished _ -> new Accepted(new RunEvent.Prepared());
      case Pending _, Running _, Discarded _ -> new Refused(Refusal.ALREADY_EXISTS);
    };
  }

  private static Decision start(RunState state, boolean asContinuation) {
    return switch (state) {
      case Pending pending when pending.continuation() == asContinuation ->
          new Accepted(new RunEvent.Started());
      case Pending _ when asContinuation -> new Refused(Refusal.NOT_PREPARED_FOR_CONTINUATION);
      case Pending _ -> new Refused(Refusal.PREPARED_FOR_CONTINUATION);
      case Running _ -> new Refused(Refusal.ALREADY_STARTED);
      case Absent _, Finished _, Discarded _ -> new Refused(Refusal.NOT_PREPARED);
    };
  }

  private static Decision resume(RunState state) {
    return switch (state) {
      case Pending pending when pending.resumable() -> new Accepted(new RunEvent.Started());
      case Absent _, Pending _, Running _, Finished _, Discarded _ ->
          new Refused(Refusal.NOT_INTERRUPTED);
    };
  }

  private static Decision stop(RunState state, String message) {
    return switch (state) {
      case Pending _ -> new Accepted(new RunEvent.Abandoned(message));
      case Running _ -> new Accepted(new RunEvent.Ended(Finished.cancelled(message)));
      case Absent _, Finished _, Discarded _ -> new Ignored();
    };
  }

  private static Decision release(RunState state) {
    return switch (state) {
      case Pending _ -> new Accepted(new RunEvent.Released());
      case Absent _, Running _, Finished _, Discarded _ -> new Ignored();
    };
  }

  private static Decision end(RunState state, Finished outcome) {
    return switch (state) {
      case Running _ -> new Accepted(new RunEvent.Ended(outcome));
      case Absent _, Pending _, Finished _, Discarded _ -> new Ignored();
    };
  }

  private static IllegalStateException illegal(RunState state, RunEvent event) {
    return new IllegalStateException(event + " cannot happen in " + state);
  }
}
