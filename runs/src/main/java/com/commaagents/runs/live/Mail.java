package com.commaagents.runs.live;

import com.commaagents.base.id.ClientId;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.runs.lifecycle.Decision;
import com.commaagents.runs.lifecycle.RunCommand;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.timeline.TimelineEvent;
import java.util.Optional;

/// What the owner of a run is told, in order.
sealed interface Mail {
  /// The engine reports something.
  record Reported(EngineEvent event) implements Mail {}

  /// Somebody waits until all before is on disk.
  record Barrier(Answer<Boolean> onDisk) implements Mail {}

  /// Something to keep, to tell, or both, in this order.
  record Note(Optional<TimelineEvent> kept, Optional<RunMessage> told) implements Mail {}

  /// Somebody wants the run to be started or stopped.
  record Order(RunCommand command, Optional<Start> start, Answer<Decision> reply) implements Mail {}

  /// The execution has come to its end.
  ///
  /// @param result present when it completed
  record Finished(RunState.Finished end, Optional<CallResult> result) implements Mail {}

  /// Who starts a segment, and with what.
  record Start(ClientId client, Optional<String> input, Optional<String> requestId) {}
}
