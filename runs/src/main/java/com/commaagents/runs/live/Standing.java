package com.commaagents.runs.live;

import com.commaagents.runs.lifecycle.RunState;
import java.util.Optional;

/// How a live run stands; what it says is on disk.
///
/// @param over whether it has ended; its clean-up may still go on
/// @param outcome how its segment ended; empty when none was started or it has not ended
public record Standing(
    RunState state, RunSummary summary, boolean over, Optional<RunOutcome> outcome) {}
