package com.commaagents.runs.message;

import com.commaagents.base.id.RunId;
import java.time.Instant;

/// A message in its place in a run's stream.
///
/// @param seq 1, 2, 3 … per run over all its segments, the same for every subscriber
public record PublishedMessage(RunId runId, long seq, Instant at, RunMessage message) {}
