package com.commaagents.protocol.codec;

import static com.commaagents.protocol.codec.DaemonFields.AGENTS;
import static com.commaagents.protocol.codec.DaemonFields.ERROR;
import static com.commaagents.protocol.codec.DaemonFields.FLOW_TREE;
import static com.commaagents.protocol.codec.DaemonFields.MESSAGE;
import static com.commaagents.protocol.codec.DaemonFields.REQUEST_ID;
import static com.commaagents.protocol.codec.DaemonFields.RESULT_TEXT;
import static com.commaagents.protocol.codec.DaemonFields.RUN_ID;
import static com.commaagents.protocol.codec.DaemonFields.STRATEGY_NAME;
import static com.commaagents.protocol.codec.DaemonFields.TS;
import static com.commaagents.protocol.codec.DaemonFields.USAGE;

import com.commaagents.base.json.RawJson;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.DaemonMessage.AvailableModels;
import com.commaagents.protocol.message.DaemonMessage.CredentialSet;
import com.commaagents.protocol.message.DaemonMessage.ErrorReply;
import com.commaagents.protocol.message.DaemonMessage.HubPackages;
import com.commaagents.protocol.message.DaemonMessage.McpServerList;
import com.commaagents.protocol.message.DaemonMessage.Pong;
import com.commaagents.protocol.message.DaemonMessage.ProviderList;
import com.commaagents.protocol.message.DaemonMessage.ProviderRegistered;
import com.commaagents.protocol.message.DaemonMessage.ProviderUnregistered;
import com.commaagents.protocol.message.DaemonMessage.Reply;
import com.commaagents.protocol.message.DaemonMessage.RunDeleted;
import com.commaagents.protocol.message.DaemonMessage.RunList;
import com.commaagents.protocol.message.DaemonMessage.RunPrepared;
import com.commaagents.protocol.message.DaemonMessage.RunSnapshot;
import com.commaagents.protocol.message.DaemonMessage.StrategyList;
import com.commaagents.protocol.message.DaemonMessage.TrashClearResult;
import com.commaagents.protocol.message.DaemonMessage.TrashListResult;
import com.commaagents.protocol.message.DaemonMessage.TrashRestoreResult;
import com.commaagents.protocol.message.HubOperation;
import com.commaagents.protocol.message.HubPackage;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.protocol.message.RunOverview;
import com.commaagents.protocol.message.RunStatus;
import com.commaagents.protocol.message.RunSummary;
import com.commaagents.protocol.message.TrashWorkspace;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Answers to one client: `ts` and the echo stand last.
final class Replies {
  private static final Kind<List<JsonNode>> OBJECTS = Kinds.listOf(Kinds.OBJECT);

  private static final Field<RawJson> CONVERSATION = new Field<>("conversation", Kinds.RAW_OBJECT);
  private static final Field<List<JsonNode>> MCP_SERVERS = new Field<>("mcpServers", OBJECTS);
  private static final Field<Long> LAST_SEQ = new Field<>("lastSeq", Kinds.COUNT);
  private static final Field<RunStatus> STATUS =
      new Field<>("status", Kinds.oneOf(RunStatus.values()));
  private static final Field<List<JsonNode>> IN_FLIGHT = new Field<>("inFlight", OBJECTS);
  private static final Field<List<JsonNode>> PENDING = new Field<>("pending", OBJECTS);
  private static final Field<String> CLIENT_ID = new Field<>("clientId", Kinds.TEXT);
  private static final Field<List<JsonNode>> PARTIAL = new Field<>("partial", OBJECTS);
  private static final Field<List<RunSummary>> SUMMARIES =
      new Field<>("runs", Kinds.listOf(ListShapes.RUN_SUMMARY));
  private static final Field<List<RunOverview>> OVERVIEWS =
      new Field<>("runs", Kinds.listOf(ListShapes.RUN_OVERVIEW));
  private static final Field<List<JsonNode>> MODELS = new Field<>("models", OBJECTS);
  private static final Field<List<JsonNode>> PROVIDERS = new Field<>("providers", OBJECTS);
  private static final Field<String> PROVIDER_ID = new Field<>("providerId", Kinds.TEXT);
  private static final Field<String> CREDENTIAL_TYPE = new Field<>("credentialType", Kinds.TEXT);
  private static final Field<List<JsonNode>> SERVERS = new Field<>("servers", OBJECTS);
  private static final Field<List<TrashWorkspace>> WORKSPACES =
      new Field<>("workspaces", Kinds.listOf(ListShapes.TRASH_WORKSPACE));
  private static final Field<Long> TOTAL_ENTRIES = new Field<>("totalEntries", Kinds.WHOLE);
  private static final Field<Long> TOTAL_BYTES = new Field<>("totalBytes", Kinds.WHOLE);
  private static final Field<String> RESTORED = new Field<>("restored", Kinds.TEXT);
  private static final Field<String> FROM = new Field<>("from", Kinds.TEXT);
  private static final Field<Long> CLEARED = new Field<>("cleared", Kinds.WHOLE);
  private static final Field<Long> BYTES_FREED = new Field<>("bytesFreed", Kinds.WHOLE);
  private static final Field<HubOperation> HUB_OPERATION =
      new Field<>("operation", Kinds.oneOf(HubOperation.values()));
  private static final Field<List<JsonNode>> AVAILABLE = new Field<>("available", OBJECTS);
  private static final Field<List<HubPackage>> INSTALLED =
      new Field<>("installed", Kinds.listOf(ListShapes.HUB_PACKAGE));
  private static final Field<HubPackage> INSTALLED_PACKAGE =
      new Field<>("installedPackage", ListShapes.HUB_PACKAGE);
  private static final Field<Boolean> REMOVED = new Field<>("removed", Kinds.FLAG);
  private static final Field<String> HUB_PROBLEM = new Field<>("error", Kinds.TEXT);
  private static final Field<String> CODE = new Field<>("code", Kinds.TEXT);

  private Replies() {}

  static Stream<Shape<? extends DaemonMessage>> all() {
    return Stream.of(runs(), lists(), credentials(), trashAndHub(), plain()).flatMap(List::stream);
  }

  private static List<Shape<? extends DaemonMessage>> runs() {
    return List.of(
        runPrepared(),
        runSnapshot(),
        reply("run_deleted", RunDeleted.class)
            .required(RUN_ID, RunDeleted::runId)
            .make(in -> new RunDeleted(header(in), in.get(RUN_ID))));
  }

  private static Shape<RunPrepared> runPrepared() {
    return reply("run_prepared", RunPrepared.class)
        .required(RUN_ID, RunPrepared::runId)
        .required(STRATEGY_NAME, RunPrepared::strategyName)
        .required(AGENTS, RunPrepared::agents)
        .required(FLOW_TREE, RunPrepared::flowTree)
        .required(CONVERSATION, RunPrepared::conversation)
        .required(MCP_SERVERS, RunPrepared::mcpServers)
        .optionalLong(LAST_SEQ, RunPrepared::lastSeq)
        .make(in ->
            new RunPrepared(
                header(in),
                in.get(RUN_ID),
                in.get(STRATEGY_NAME),
                in.get(AGENTS),
                in.get(FLOW_TREE),
                in.get(CONVERSATION),
                in.get(MCP_SERVERS),
                in.findLong(LAST_SEQ)));
  }

  private static Shape<RunSnapshot> runSnapshot() {
    return reply("run_snapshot", RunSnapshot.class)
        .required(RUN_ID, RunSnapshot::runId)
        .required(STATUS, RunSnapshot::status)
        .required(STRATEGY_NAME, RunSnapshot::strategyName)
        .required(AGENTS, RunSnapshot::agents)
        .required(FLOW_TREE, RunSnapshot::flowTree)
        .required(CONVERSATION, RunSnapshot::conversation)
        .required(MCP_SERVERS, RunSnapshot::mcpServers)
        .required(IN_FLIGHT, RunSnapshot::inFlight)
        .required(PENDING, RunSnapshot::pending)
        .required(LAST_SEQ, RunSnapshot::lastSeq)
        .optional(CLIENT_ID, RunSnapshot::clientId)
        .optional(RESULT_TEXT, RunSnapshot::result)
        .optional(USAGE, RunSnapshot::usage)
        .optional(ERROR, RunSnapshot::error)
        .optional(PARTIAL, RunSnapshot::partial)
        .make(in ->
            new RunSnapshot(
                header(in),
                in.get(RUN_ID),
                in.get(STATUS),
                in.get(STRATEGY_NAME),
                in.get(AGENTS),
                in.get(FLOW_TREE),
                in.get(CONVERSATION),
                in.get(MCP_SERVERS),
                in.get(IN_FLIGHT),
                in.get(PENDING),
                in.get(LAST_SEQ),
                in.find(CLIENT_ID),
                in.find(RESULT_TEXT),
                in.find(USAGE),
                in.find(ERROR),
                in.find(PARTIAL)));
  }

  private static List<Shape<? extends DaemonMessage>> lists() {
    return List.of(
        reply("strategy_list", StrategyList.class)
            .required(SUMMARIES, StrategyList::runs)
            .make(in -> new StrategyList(header(in), in.get(SUMMARIES))),
        reply("run_list", RunList.class)
            .required(OVERVIEWS, RunList::runs)
            .make(in -> new RunList(header(in), in.get(OVERVIEWS))),
        reply("available_models", AvailableModels.class)
            .required(MODELS, AvailableModels::models)
            .make(in -> new AvailableModels(header(in), in.get(MODELS))),
        reply("provider_list", ProviderList.class)
            .required(PROVIDERS, ProviderList::providers)
            .make(in -> new ProviderList(header(in), in.get(PROVIDERS))),
        reply("mcp_server_list", McpServerList.class)
            .required(SERVERS, McpServerList::servers)
            .make(in -> new McpServerList(header(in), in.get(SERVERS))));
  }

  private static List<Shape<? extends DaemonMessage>> credentials() {
    return List.of(
        reply("provider_registered", ProviderRegistered.class)
            .required(PROVIDER_ID, ProviderRegistered::providerId)
            .make(in -> new ProviderRegistered(header(in), in.get(PROVIDER_ID))),
        reply("provider_unregistered", ProviderUnregistered.class)
            .required(PROVIDER_ID, ProviderUnregistered::providerId)
            .make(in -> new ProviderUnregistered(header(in), in.get(PROVIDER_ID))),
        reply("credential_set", CredentialSet.class)
            .required(PROVIDER_ID, CredentialSet::providerId)
            .required(CREDENTIAL_TYPE, CredentialSet::credentialType)
            .make(
                in -> new CredentialSet(header(in), in.get(PROVIDER_ID), in.get(CREDENTIAL_TYPE))));
  }

  private static List<Shape<? extends DaemonMessage>> trashAndHub() {
    return List.of(
        reply("trash_list_result", TrashListResult.class)
            .required(WORKSPACES, TrashListResult::workspaces)
            .required(TOTAL_ENTRIES, TrashListResult::totalEntries)
            .required(TOTAL_BYTES, TrashListResult::totalBytes)
            .make(in ->
                new TrashListResult(
                    header(in), in.get(WORKSPACES), in.get(TOTAL_ENTRIES), in.get(TOTAL_BYTES))),
        reply("trash_restore_result", TrashRestoreResult.class)
            .required(RESTORED, TrashRestoreResult::restored)
            .required(FROM, TrashRestoreResult::from)
            .make(in -> new TrashRestoreResult(header(in), in.get(RESTORED), in.get(FROM))),
        reply("trash_clear_result", TrashClearResult.class)
            .required(CLEARED, TrashClearResult::cleared)
            .required(BYTES_FREED, TrashClearResult::bytesFreed)
            .make(in -> new TrashClearResult(header(in), in.get(CLEARED), in.get(BYTES_FREED))),
        reply("hub_packages", HubPackages.class)
            .required(HUB_OPERATION, HubPackages::operation)
            .optional(AVAILABLE, HubPackages::available)
            .optional(INSTALLED, HubPackages::installed)
            .optional(INSTALLED_PACKAGE, HubPackages::installedPackage)
            .optional(REMOVED, HubPackages::removed)
            .optional(HUB_PROBLEM, HubPackages::error)
            .make(in ->
                new HubPackages(
                    header(in),
                    in.get(HUB_OPERATION),
                    in.find(AVAILABLE),
                    in.find(INSTALLED),
                    in.find(INSTALLED_PACKAGE),
                    in.find(REMOVED),
                    in.find(HUB_PROBLEM))));
  }

  private static List<Shape<? extends DaemonMessage>> plain() {
    return List.of(
        reply("pong", Pong.class).make(in -> new Pong(header(in))),
        reply("error", ErrorReply.class)
            .required(CODE, ErrorReply::code)
            .required(MESSAGE, ErrorReply::message)
            .make(in -> new ErrorReply(header(in), in.get(CODE), in.get(MESSAGE))));
  }

  static <M extends Reply> Shape.Builder<M> reply(String type, Class<M> of) {
    return Shape.typed(
        type,
        of,
        fields ->
            fields
                .required(TS, message -> message.header().ts())
                .optional(REQUEST_ID, message -> message.header().requestId()));
  }

  static ReplyHeader header(Given in) {
    return new ReplyHeader(in.get(TS), in.find(REQUEST_ID));
  }
}
