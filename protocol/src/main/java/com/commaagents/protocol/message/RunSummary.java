package com.commaagents.protocol.message;

import java.time.Instant;
import java.util.Optional;

/// A run that the daemon holds in memory, as `strategy_list` shows it.
public record RunSummary(
    String runId,
    String strategyName,
    RunStatus status,
    Instant startedAt,
    Optional<Instant> completedAt) {}
