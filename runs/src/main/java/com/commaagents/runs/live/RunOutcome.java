package com.commaagents.runs.live;

import com.commaagents.engine.conversation.CallResult;
import com.commaagents.runs.lifecycle.RunState;
import java.util.Optional;

/// How a segment of a run ended.
///
/// @param result the final text and the usage of the whole segment; present when it completed
public record RunOutcome(RunState.Finished end, Optional<CallResult> result) {}
