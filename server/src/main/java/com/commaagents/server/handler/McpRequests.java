package com.commaagents.server.handler;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.time.Clock;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.McpScope;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.mcp.McpQuery;
import com.commaagents.runs.mcp.McpUpdate;
import com.commaagents.runs.timeline.McpServerStatus;
import com.commaagents.server.mapping.McpReplies;
import java.util.List;
import java.util.Optional;

/// Carries out what clients ask about MCP servers. Thread-safe.
final class McpRequests {
  private final RunSystem runs;
  private final Clock clock;

  McpRequests(RunSystem runs, Clock clock) {
    this.runs = runs;
    this.clock = clock;
  }

  private interface Servers {
    List<McpServerStatus> get() throws InterruptedException;
  }

  DaemonMessage list(ClientMessage.ListMcpServers request) throws InterruptedException {
    McpQuery query = new McpQuery(request.runId(), request.cwd(), request.strategyPath());
    return answering(request.requestId(), "MCP_LIST_FAILED", () -> runs.listMcpServers(query));
  }

  DaemonMessage update(ClientMessage.UpdateMcpServer request) throws InterruptedException {
    McpUpdate update =
        new McpUpdate(
            request.serverId(),
            request.enabled(),
            scope(request.scope()),
            new McpQuery(request.runId(), request.cwd(), request.strategyPath()));
    return answering(request.requestId(), "MCP_UPDATE_FAILED", () -> runs.updateMcpServer(update));
  }

  private static McpUpdate.Scope scope(McpScope scope) {
    return switch (scope) {
      case DEFAULT -> McpUpdate.Scope.DEFAULT;
      case RUN -> McpUpdate.Scope.RUN;
    };
  }

  private DaemonMessage answering(Optional<String> requestId, String failureCode, Servers servers)
      throws InterruptedException {
    ReplyHeader header = new ReplyHeader(clock.now(), requestId);
    try {
      return new DaemonMessage.McpServerList(
          header, servers.get().stream().map(McpReplies::server).toList());
    } catch (Fault fault) {
      return new DaemonMessage.ErrorReply(header, failureCode, fault.message());
    }
  }
}
