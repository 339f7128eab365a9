package com.commaagents.protocol.message;

import java.time.Instant;
import java.util.Optional;

/// A persisted run, as `run_list` shows it.
///
/// @param completedAt empty while unfinished; written as `null` then
public record RunOverview(
    String runId,
    String cwd,
    String strategyName,
    String strategyPath,
    Instant startedAt,
    Optional<Instant> completedAt,
    RunStatus status) {}
