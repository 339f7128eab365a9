package com.commaagents.runs.launch;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.engine.people.People.Decision;
import com.commaagents.engine.people.People.Operation;
import com.commaagents.engine.people.People.PermissionRequest;
import com.commaagents.engine.people.People.Reason;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.runs.mcp.RunServers;
import com.commaagents.strategy.definition.McpServer;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.discovery.FoundStrategy;
import com.commaagents.strategy.discovery.FoundStrategy.Origin;
import java.util.Optional;

/// Asks people before a launch starts programs that a strategy of the working folder names as MCP
/// servers. Nobody but a model has chosen that strategy; it may be a cloned repository's, or
/// written by an agent a moment ago, and what it starts is no command that the guard has judged.
///
/// What has been approved for the folder is not asked. Strategies of the data folder are the
/// owner's, and those of packages run code only where that is approved.
final class ProgramConsent {
  private ProgramConsent() {}

  /// @throws Fault `CONFLICT` when a program is not allowed
  static void require(
      Launcher.Site site, FoundStrategy found, Strategy strategy, ToolCallContext call)
      throws InterruptedException {
    if (found.origin() != Origin.WORKSPACE) {
      return;
    }
    for (McpServer program : site.servers().notApproved(strategy)) {
      if (!allowed(site, found, program, call)) {
        throw new Fault(
            FaultCode.CONFLICT,
            "The strategy \"%s\" starts a program as its MCP server %s, which was not allowed. Do not launch it again; do this step yourself, or ask with ask_question."
                .formatted(found.name(), program.id()));
      }
    }
  }

  private static boolean allowed(
      Launcher.Site site, FoundStrategy found, McpServer program, ToolCallContext call)
      throws InterruptedException {
    RunServers servers = site.servers();
    Optional<Boolean> decided = servers.decided(program);
    if (decided.isPresent()) {
      return decided.get();
    }
    Decision decision =
        site.scope()
            .people()
            .permission(
                new PermissionRequest(
                    call.agentName(),
                    call.path(),
                    LaunchSession.LAUNCH,
                    Operation.EXECUTE,
                    program.commandLine(),
                    Reason.POLICY_ASK,
                    Optional.of(
                        Json.object()
                            .put("strategy", found.file().toString())
                            .put("mcpServer", program.id()))));
    if (decision == Decision.ALLOW_SESSION || decision == Decision.DENY_SESSION) {
      servers.decide(program, decision.allows());
    }
    return decision.allows();
  }
}
