package com.commaagents.runs.message;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.McpServerStatus;
import com.commaagents.runs.timeline.TimelineEvent.Partial;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A run, whole, as it stood between two messages.
///
/// @param agents in file order
/// @param flowTree the strategy file's `flow` as written; an empty object where the file is gone
/// @param mcpServers how they stand; of a finished run as they stood when it was started last
/// @param history the conversation up to now, and how the last segment ended if it has
/// @param inFlight what is being said right now, accumulated
/// @param pending the open requests to people
/// @param partials what a stopped or failed call had said; only of a finished run
/// @param lastSeq the number of the newest message; the next one a client sees has the one after it
public record RunSnapshot(
    RunId runId,
    Instant at,
    RunStatus status,
    String strategyName,
    List<String> agents,
    JsonNode flowTree,
    List<McpServerStatus> mcpServers,
    History history,
    List<Partial> inFlight,
    List<PublishedMessage> pending,
    List<Partial> partials,
    long lastSeq) {
  public RunSnapshot {
    agents = List.copyOf(agents);
    mcpServers = List.copyOf(mcpServers);
    inFlight = List.copyOf(inFlight);
    pending = List.copyOf(pending);
    partials = List.copyOf(partials);
  }
}
