package com.commaagents.server.mapping;

import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.protocol.message.RunOverview;
import com.commaagents.protocol.message.RunStatus;
import com.commaagents.protocol.message.RunSummary;
import com.commaagents.runs.PreparedRun;
import java.util.OptionalLong;

/// What the run system answers, as wire replies.
public final class Replies {
  private Replies() {}

  public static DaemonMessage runPrepared(ReplyHeader header, PreparedRun prepared) {
    return new DaemonMessage.RunPrepared(
        header,
        prepared.runId().value(),
        prepared.strategyName(),
        prepared.agents(),
        prepared.flowTree(),
        prepared.history().transcript().json(),
        prepared.mcpServers().stream().map(McpReplies::server).toList(),
        OptionalLong.of(prepared.lastSeq()));
  }

  public static RunOverview overview(com.commaagents.runs.store.RunOverview overview) {
    return new RunOverview(
        overview.runId().value(),
        overview.cwd(),
        overview.strategyName(),
        overview.strategyPath(),
        overview.startedAt(),
        overview.completedAt(),
        status(overview.status()));
  }

  public static RunSummary summary(com.commaagents.runs.live.RunSummary summary) {
    return new RunSummary(
        summary.runId().value(),
        summary.strategyName(),
        status(summary.status()),
        summary.startedAt(),
        summary.completedAt());
  }

  /// A status that a client asks for.
  public static com.commaagents.runs.lifecycle.RunStatus status(RunStatus status) {
    return switch (status) {
      case PENDING -> com.commaagents.runs.lifecycle.RunStatus.PENDING;
      case RUNNING -> com.commaagents.runs.lifecycle.RunStatus.RUNNING;
      case COMPLETED -> com.commaagents.runs.lifecycle.RunStatus.COMPLETED;
      case ERROR -> com.commaagents.runs.lifecycle.RunStatus.ERROR;
      case CANCELLED -> com.commaagents.runs.lifecycle.RunStatus.CANCELLED;
    };
  }

  static RunStatus status(com.commaagents.runs.lifecycle.RunStatus status) {
    return switch (status) {
      case PENDING -> RunStatus.PENDING;
      case RUNNING -> RunStatus.RUNNING;
      case COMPLETED -> RunStatus.COMPLETED;
      case ERROR -> RunStatus.ERROR;
      case CANCELLED -> RunStatus.CANCELLED;
    };
  }
}
