package com.commaagents.runs.live;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.lifecycle.RunStatus;
import java.time.Instant;
import java.util.Optional;

/// A run in memory as a list shows it.
///
/// @param startedAt when it was prepared, until it was started
/// @param completedAt empty while it is not finished
public record RunSummary(
    RunId runId,
    String strategyName,
    RunStatus status,
    Instant startedAt,
    Optional<Instant> completedAt) {}
