package com.commaagents.engine.hook;

import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.event.EngineEvent.Step;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import com.commaagents.engine.model.ModelPart.ToolCall;

/// What a program does while a strategy runs; it overrides what it needs.
///
/// An agent's call: alterFirstCallMessage or alterCallMessage, beforeFirstCall or beforeCall, the
/// call, afterFirstCallResult or afterCallResult, alterFirstResponse or alterResponse. The first
/// call is the one before which the agent has no record in this run. Meanwhile onStreamEvent, and
/// around each tool call beforeToolCall and afterToolCall. A flow: alterMessageBeforeFlow,
/// beforeFlow, beforeStep and afterStep around each step, afterFlow, alterMessageAfterFlow. Each
/// cycle: alterMessageBeforeCycle, its steps, alterMessageAfterCycle; then the observer, if any.
///
/// What a person steers is added after a message was altered. An altered response is the text that
/// is recorded and passed on; the agent itself remembers what it said. A resume calls no hook for a
/// step or call that was completed; a call or a flow that was under way is begun anew, and so are
/// its hooks, but the message that a call has sent stays as it is.
///
/// Methods are called on the thread that works, by parallel branches and tool calls at once, in the
/// order in which hooks were registered; what they do holds up the run. A hook that throws, or
/// gives back no text, ends the run with an error that names its class; inside of a launched
/// strategy it ends that, and the agent that launched it is told. An interruption is how a run is
/// stopped: pass it on.
public interface Hooks {
  /// Which agent works where.
  ///
  /// @param path where the step stands in the flow tree
  record AgentPlace(String agentName, String path) {}

  /// Which flow.
  ///
  /// @param path what the paths of its steps begin with; empty for the root flow
  record FlowPlace(String flowName, String path) {}

  default String alterFirstCallMessage(AgentPlace at, String message) throws InterruptedException {
    return message;
  }

  default String alterCallMessage(AgentPlace at, String message) throws InterruptedException {
    return message;
  }

  default void beforeFirstCall(AgentPlace at, String message) throws InterruptedException {}

  default void beforeCall(AgentPlace at, String message) throws InterruptedException {}

  default void afterFirstCallResult(AgentPlace at, CallResult result) throws InterruptedException {}

  default void afterCallResult(AgentPlace at, CallResult result) throws InterruptedException {}

  default String alterFirstResponse(AgentPlace at, String response) throws InterruptedException {
    return response;
  }

  default String alterResponse(AgentPlace at, String response) throws InterruptedException {
    return response;
  }

  /// After clients were told of it.
  default void onStreamEvent(AgentPlace at, StreamEvent event) throws InterruptedException {}

  default void beforeToolCall(AgentPlace at, ToolCall call) throws InterruptedException {}

  default void afterToolCall(AgentPlace at, ToolCall call, ToolOutcome outcome)
      throws InterruptedException {}

  default String alterMessageBeforeFlow(FlowPlace at, String message) throws InterruptedException {
    return message;
  }

  default void beforeFlow(FlowPlace at, String message) throws InterruptedException {}

  default void beforeStep(Step step, String message) throws InterruptedException {}

  default void afterStep(Step step, CallResult result) throws InterruptedException {}

  default void afterFlow(FlowPlace at, CallResult result) throws InterruptedException {}

  default String alterMessageAfterFlow(FlowPlace at, String message) throws InterruptedException {
    return message;
  }

  /// @param cycle from 1
  default String alterMessageBeforeCycle(FlowPlace at, long cycle, String message)
      throws InterruptedException {
    return message;
  }

  /// @param cycle from 1
  default String alterMessageAfterCycle(FlowPlace at, long cycle, String message)
      throws InterruptedException {
    return message;
  }
}
