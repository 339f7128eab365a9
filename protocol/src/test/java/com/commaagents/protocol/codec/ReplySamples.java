package com.commaagents.protocol.codec;

import com.commaagents.base.json.RawJson;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.ErrorDetail;
import com.commaagents.protocol.message.HubOperation;
import com.commaagents.protocol.message.HubPackage;
import com.commaagents.protocol.message.OutputStreamName;
import com.commaagents.protocol.message.PromptKind;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.protocol.message.RunOverview;
import com.commaagents.protocol.message.RunStatus;
import com.commaagents.protocol.message.RunSummary;
import com.commaagents.protocol.message.TrashWorkspace;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What the golden files of answers and notices say.
final class ReplySamples {
  static final ReplyHeader BARE = new ReplyHeader(EventSamples.TS, Optional.empty());
  static final ReplyHeader FULL = new ReplyHeader(EventSamples.TS, Optional.of("req-1"));

  private static final Instant LATER = Instant.parse("2026-11-22T06:36:15Z");
  private static final Optional<String> NONE = Optional.empty();

  private final Map<String, DaemonMessage> byName = new LinkedHashMap<>();

  private ReplySamples() {}

  static Map<String, DaemonMessage> all() {
    ReplySamples samples = new ReplySamples();
    samples.prepared();
    samples.snapshot();
    samples.notices();
    samples.runs();
    samples.providers();
    samples.trash();
    samples.hub();
    return samples.byName;
  }

  private void prepared() {
    add(
        "run_prepared",
        header ->
            new DaemonMessage.RunPrepared(
                header,
                "run-1",
                "tools",
                List.of("coder"),
                EventSamples.flowTree(),
                RawJson.of(opaque("run_prepared.bare", "conversation")),
                List.of(server()),
                header.equals(BARE) ? OptionalLong.empty() : OptionalLong.of(0)));
  }

  private void snapshot() {
    add(
        "run_snapshot",
        new DaemonMessage.RunSnapshot(
            BARE,
            "run-1",
            RunStatus.RUNNING,
            "tools",
            List.of("coder"),
            EventSamples.flowTree(),
            RawJson.of(opaque("run_prepared.bare", "conversation")),
            List.of(server()),
            List.of(opaque("run_snapshot.bare", "inFlight").get(0)),
            List.of(opaque("run_snapshot.bare", "pending").get(0)),
            12,
            NONE,
            NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new DaemonMessage.RunSnapshot(
            FULL,
            "run-1",
            RunStatus.ERROR,
            "tools",
            List.of("coder"),
            EventSamples.flowTree(),
            RawJson.of(opaque("run_prepared.bare", "conversation")),
            List.of(server()),
            List.of(opaque("run_snapshot.bare", "inFlight").get(0)),
            List.of(opaque("run_snapshot.bare", "pending").get(0)),
            12,
            Optional.of("client-1"),
            Optional.of("half"),
            Optional.of(EventSamples.USAGE),
            Optional.of(new ErrorDetail("EXECUTION_ERROR", "upstream")),
            Optional.of(List.of(Golden.tree("{\"agentName\":\"coder\",\"text\":\"hal\"}")))));
  }

  private void notices() {
    add(
        "request_resolved",
        new DaemonMessage.RequestResolved(BARE, "run-1", PromptKind.INPUT, NONE, NONE, NONE),
        new DaemonMessage.RequestResolved(
            FULL,
            "run-1",
            PromptKind.PERMISSION,
            Optional.of("coder"),
            Optional.of("perm-1"),
            Optional.of("client-2")));
    add("replay_gap", header -> new DaemonMessage.ReplayGap(header, "run-1", 3, 900));
    add(
        "tool_output",
        header ->
            new DaemonMessage.ToolOutput(
                header,
                "run-1",
                "coder",
                "1/cycle[2]/0",
                "call-1",
                "run_command",
                OutputStreamName.STDERR,
                3,
                "half a line, näive\n"));
    add("pong", DaemonMessage.Pong::new);
    add(
        "error",
        header -> new DaemonMessage.ErrorReply(header, "PREPARE_FAILED", "Run not found: run-9"));
  }

  private void runs() {
    Instant started = EventSamples.TS;
    add(
        "strategy_list",
        new DaemonMessage.StrategyList(
            BARE,
            List.of(
                new RunSummary("run-1", "tools", RunStatus.RUNNING, started, Optional.empty()))),
        new DaemonMessage.StrategyList(
            FULL,
            List.of(
                new RunSummary(
                    "run-1", "tools", RunStatus.COMPLETED, started, Optional.of(LATER)))));
    add("run_deleted", header -> new DaemonMessage.RunDeleted(header, "run-1"));
    add(
        "run_list",
        new DaemonMessage.RunList(BARE, List.of(overview(Optional.empty(), RunStatus.PENDING))),
        new DaemonMessage.RunList(
            FULL, List.of(overview(Optional.of(LATER), RunStatus.CANCELLED))));
  }

  private void providers() {
    add(
        "available_models",
        new DaemonMessage.AvailableModels(BARE, List.of()),
        new DaemonMessage.AvailableModels(
            FULL, List.of(opaque("available_models.full", "models").get(0))));
    add(
        "provider_list",
        new DaemonMessage.ProviderList(BARE, List.of()),
        new DaemonMessage.ProviderList(
            FULL, List.of(opaque("provider_list.full", "providers").get(0))));
    add("provider_registered", header -> new DaemonMessage.ProviderRegistered(header, "openai"));
    add(
        "provider_unregistered",
        header -> new DaemonMessage.ProviderUnregistered(header, "openai"));
    add("credential_set", header -> new DaemonMessage.CredentialSet(header, "openai", "oauth"));
    add(
        "mcp_server_list",
        new DaemonMessage.McpServerList(BARE, List.of()),
        new DaemonMessage.McpServerList(FULL, List.of(server())));
  }

  private void trash() {
    add(
        "trash_list_result",
        new DaemonMessage.TrashListResult(BARE, List.of(workspace(NONE, NONE, NONE)), 1, 12),
        new DaemonMessage.TrashListResult(
            FULL,
            List.of(workspace(Optional.of("s-1"), Optional.of("run-1"), Optional.of("coder"))),
            1,
            5_000_000_000L));
    add(
        "trash_restore_result",
        header -> new DaemonMessage.TrashRestoreResult(header, "/work/a", "/t/a.tgz"));
    add("trash_clear_result", header -> new DaemonMessage.TrashClearResult(header, 2, 4096));
  }

  private void hub() {
    HubPackage review = new HubPackage("review", "1.0.0", "abc", "/h/review", true);
    HubPackage updated =
        new HubPackage(
            "review",
            "1.0.0",
            "abc",
            "/h/review",
            true,
            Optional.of(true),
            Optional.of(List.of("It now has the permissions shell: true.")));
    add(
        "hub_packages",
        new DaemonMessage.HubPackages(
            BARE,
            HubOperation.LIST,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new DaemonMessage.HubPackages(
            FULL,
            HubOperation.INSTALL,
            Optional.of(List.of(Golden.tree("{\"name\":\"other\"}"))),
            Optional.of(List.of(review)),
            Optional.of(updated),
            Optional.of(false),
            Optional.of("nobody there")));
  }

  private static RunOverview overview(Optional<Instant> completedAt, RunStatus status) {
    return new RunOverview(
        "run-1", "/work", "tools", "/s/one.yaml", EventSamples.TS, completedAt, status);
  }

  private static TrashWorkspace workspace(
      Optional<String> sessionId, Optional<String> runId, Optional<String> agentName) {
    return new TrashWorkspace(
        "/work",
        List.of(
            new TrashWorkspace.Entry(
                "/t/a.tgz",
                new TrashWorkspace.Metadata(
                    "2026-11-22T06:36:14.918Z", "/work/a", "00ff", sessionId, runId, agentName),
                12)));
  }

  private static JsonNode server() {
    return opaque("mcp_server_list.full", "servers").get(0);
  }

  /// A tree that the message only carries.
  private static JsonNode opaque(String file, String field) {
    return Golden.tree(Golden.text("daemon", file)).path(field);
  }

  private void add(String name, Function<ReplyHeader, DaemonMessage> message) {
    add(name, message.apply(BARE), message.apply(FULL));
  }

  private void add(String name, DaemonMessage bare, DaemonMessage full) {
    byName.put(name + ".bare", bare);
    byName.put(name + ".full", full);
  }
}
