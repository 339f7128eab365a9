package com.commaagents.runs.live;

import com.commaagents.runs.timeline.Interrupted;
import com.commaagents.engine.resume.Recording;
import com.commaagents.base.id.ClientId;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.lifecycle.RunCommand;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.timeline.TimelineEvent;
import java.util.Optional;
import java.util.OptionalLong;

/// What the owner of a run is told, in order.
sealed interface Mail {
  /// The engine reports something.
  record Reported(EngineEvent event) implements Mail {}

  /// A tool says something while it runs.
  record Shown(ToolOutput output) implements Mail {}

  /// Somebody waits until all before is on disk.
  record Barrier(Answer<Boolean> onDisk) implements Mail {}

  /// A text was queued for the next agent call.
  record Steered(TimelineEvent.Steering steering) implements Mail {}

  /// An agent has taken a text that was queued for it.
  record SteeringTaken(TimelineEvent.UserInput input) implements Mail {}

  /// Somebody is asked.
  ///
  /// @param key tells this request from every other one of the run
  record Asked(String key, RunMessage request) implements Mail {}

  /// Somebody has answered.
  record Answered(String key, TimelineEvent answer, Resolution resolution) implements Mail {}

  /// Somebody wants the run to be started or stopped.
  record Order(RunCommand command, Optional<Start> start, Answer<Decision> reply) implements Mail {}

  /// A client wants to follow the run from how it stands.
  ///
  /// @param done false when the run has ended meanwhile
  record Attach(
      ClientId client, OptionalLong afterSeq, Optional<String> attachId, Answer<Boolean> done)
      implements Mail {}

  /// A client wants to follow the run from a number on.
  ///
  /// @param done false when the run has ended meanwhile
  record Follow(ClientId client, OptionalLong afterSeq, Answer<Boolean> done) implements Mail {}

  /// Nobody has started or followed the run for so long that it may be given up.
  ///
  /// @param since a moment of the clock that only goes forward, in nanoseconds
  record Unfollowed(long since) implements Mail {}

  /// The execution has come to its end, or has reached a limit.
  ///
  /// @param result present when it completed
  record Finished(RunState.Finished end, Optional<CallResult> result) implements Mail {}

  /// Who starts a segment, and with what.
  ///
  /// @param resumed the segment it goes on with; empty: it is a new one
  record Start(
      ClientId client,
      Optional<String> input,
      Optional<String> requestId,
      Optional<Interrupted> resumed) {

    /// What the agents get.
    String text() {
      return resumed.map(Interrupted::input).orElse(input).orElse("");
    }

    /// What was done already.
    Recording recording() {
      return resumed.map(Interrupted::recording).orElse(Recording.NONE);
    }
  }

  /// Which request was answered, and by whom.
  record Resolution(
      RunNotice.Kind kind, Optional<String> agentName, Optional<String> requestId, ClientId by) {}
}
