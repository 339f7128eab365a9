package com.commaagents.protocol.codec;

import static com.commaagents.protocol.codec.RequestFields.CWD;
import static com.commaagents.protocol.codec.RequestFields.REQUEST_ID;
import static com.commaagents.protocol.codec.RequestFields.RUN_ID;
import static com.commaagents.protocol.codec.RequestFields.STRATEGY_PATH;
import static com.commaagents.protocol.codec.RequestFields.request;

import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.ClientMessage.GetAvailableModels;
import com.commaagents.protocol.message.ClientMessage.HubInstall;
import com.commaagents.protocol.message.ClientMessage.HubList;
import com.commaagents.protocol.message.ClientMessage.HubRemove;
import com.commaagents.protocol.message.ClientMessage.HubUpdate;
import com.commaagents.protocol.message.ClientMessage.ListMcpServers;
import com.commaagents.protocol.message.ClientMessage.ListProviders;
import com.commaagents.protocol.message.ClientMessage.ListRuns;
import com.commaagents.protocol.message.ClientMessage.ListStrategies;
import com.commaagents.protocol.message.ClientMessage.Ping;
import com.commaagents.protocol.message.ClientMessage.RegisterProvider;
import com.commaagents.protocol.message.ClientMessage.SetCredential;
import com.commaagents.protocol.message.ClientMessage.TrashClear;
import com.commaagents.protocol.message.ClientMessage.TrashList;
import com.commaagents.protocol.message.ClientMessage.TrashRestore;
import com.commaagents.protocol.message.ClientMessage.UnregisterProvider;
import com.commaagents.protocol.message.ClientMessage.UpdateMcpServer;
import com.commaagents.protocol.message.CredentialType;
import com.commaagents.protocol.message.McpScope;
import com.commaagents.protocol.message.RunStatus;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Requests about what the daemon knows and keeps beside one run.
final class HostRequests {
  private static final Field<String> CWD_FILTER = new Field<>("cwd", Kinds.TEXT);
  private static final Field<Long> LIMIT = new Field<>("limit", Kinds.COUNT);
  private static final Field<String> BEFORE = new Field<>("before", Kinds.TEXT);
  private static final Field<RunStatus> STATUS =
      new Field<>("status", Kinds.oneOf(RunStatus.values()));
  private static final Field<String> QUERY = new Field<>("query", Kinds.TEXT);
  private static final Field<String> SCOPE = new Field<>("scope", Kinds.TEXT);
  private static final Field<Boolean> LIVE = new Field<>("live", Kinds.FLAG);
  private static final Field<String> MODEL_ID = new Field<>("modelId", Kinds.TEXT);
  private static final Field<String> PROVIDER_ID = new Field<>("providerId", Kinds.NAME);
  private static final Field<CredentialType> CREDENTIAL_TYPE =
      new Field<>("credentialType", Kinds.oneOf(CredentialType.values()));
  private static final Field<String> API_KEY = new Field<>("apiKey", Kinds.NAME);
  private static final Field<String> OAUTH_TOKEN = new Field<>("oauthToken", Kinds.NAME);
  private static final Field<JsonNode> CUSTOM_DATA = new Field<>("customData", Kinds.OBJECT);
  private static final Field<String> SERVER_ID = new Field<>("serverId", Kinds.NAME);
  private static final Field<Boolean> ENABLED = new Field<>("enabled", Kinds.FLAG);
  private static final Field<McpScope> MCP_SCOPE =
      new Field<>("scope", Kinds.oneOf(McpScope.values()));
  private static final Field<String> TRASH_PATH = new Field<>("trashPath", Kinds.NAME);
  private static final Field<String> TARGET_PATH = new Field<>("targetPath", Kinds.TEXT);
  private static final Field<String> NAME = new Field<>("name", Kinds.NAME);
  private static final Field<String> VERSION = new Field<>("version", Kinds.NAME);
  private static final Field<Boolean> ALLOW_CODE = new Field<>("allowCode", Kinds.FLAG);

  private HostRequests() {}

  static Stream<Shape<? extends ClientMessage>> all() {
    return Stream.of(lists(), providers(), mcp(), trash(), hub()).flatMap(List::stream);
  }

  private static List<Shape<? extends ClientMessage>> lists() {
    return List.of(
        request("ping", Ping.class).make(in -> new Ping(in.find(REQUEST_ID))),
        request("list_runs", ListRuns.class)
            .optional(CWD_FILTER, ListRuns::cwd)
            .optionalLong(LIMIT, ListRuns::limit)
            .optional(BEFORE, ListRuns::before)
            .optional(STATUS, ListRuns::status)
            .optional(QUERY, ListRuns::query)
            .make(in ->
                new ListRuns(
                    in.find(CWD_FILTER),
                    in.findLong(LIMIT),
                    in.find(BEFORE),
                    in.find(STATUS),
                    in.find(QUERY),
                    in.find(REQUEST_ID))),
        request("list_strategies", ListStrategies.class)
            .make(in -> new ListStrategies(in.find(REQUEST_ID))));
  }

  private static List<Shape<? extends ClientMessage>> providers() {
    return List.of(
        request("list_providers", ListProviders.class)
            .optional(SCOPE, ListProviders::scope)
            .optional(LIVE, ListProviders::live)
            .make(in -> new ListProviders(in.find(SCOPE), in.find(LIVE), in.find(REQUEST_ID))),
        request("get_available_models", GetAvailableModels.class)
            .optional(MODEL_ID, GetAvailableModels::modelId)
            .optional(SCOPE, GetAvailableModels::scope)
            .make(in ->
                new GetAvailableModels(in.find(MODEL_ID), in.find(SCOPE), in.find(REQUEST_ID))),
        request("register_provider", RegisterProvider.class)
            .required(PROVIDER_ID, RegisterProvider::providerId)
            .make(in -> new RegisterProvider(in.get(PROVIDER_ID), in.find(REQUEST_ID))),
        request("unregister_provider", UnregisterProvider.class)
            .required(PROVIDER_ID, UnregisterProvider::providerId)
            .make(in -> new UnregisterProvider(in.get(PROVIDER_ID), in.find(REQUEST_ID))),
        request("set_credential", SetCredential.class)
            .required(PROVIDER_ID, SetCredential::providerId)
            .required(CREDENTIAL_TYPE, SetCredential::credentialType)
            .optional(API_KEY, SetCredential::apiKey)
            .optional(OAUTH_TOKEN, SetCredential::oauthToken)
            .optional(CUSTOM_DATA, SetCredential::customData)
            .make(in ->
                new SetCredential(
                    in.get(PROVIDER_ID),
                    in.get(CREDENTIAL_TYPE),
                    in.find(API_KEY),
                    in.find(OAUTH_TOKEN),
                    in.find(CUSTOM_DATA),
                    in.find(REQUEST_ID))));
  }

  private static List<Shape<? extends ClientMessage>> mcp() {
    return List.of(
        request("list_mcp_servers", ListMcpServers.class)
            .optional(CWD, ListMcpServers::cwd)
            .optional(RUN_ID, ListMcpServers::runId)
            .optional(STRATEGY_PATH, ListMcpServers::strategyPath)
            .make(in ->
                new ListMcpServers(
                    in.find(CWD), in.find(RUN_ID), in.find(STRATEGY_PATH), in.find(REQUEST_ID))),
        request("update_mcp_server", UpdateMcpServer.class)
            .required(SERVER_ID, UpdateMcpServer::serverId)
            .required(ENABLED, UpdateMcpServer::enabled)
            .required(MCP_SCOPE, UpdateMcpServer::scope)
            .optional(CWD, UpdateMcpServer::cwd)
            .optional(RUN_ID, UpdateMcpServer::runId)
            .optional(STRATEGY_PATH, UpdateMcpServer::strategyPath)
            .make(in ->
                new UpdateMcpServer(
                    in.get(SERVER_ID),
                    in.get(ENABLED),
                    in.get(MCP_SCOPE),
                    in.find(CWD),
                    in.find(RUN_ID),
                    in.find(STRATEGY_PATH),
                    in.find(REQUEST_ID))));
  }

  private static List<Shape<? extends ClientMessage>> trash() {
    return List.of(
        request("trash_list", TrashList.class)
            .optional(CWD_FILTER, TrashList::cwd)
            .make(in -> new TrashList(in.find(CWD_FILTER), in.find(REQUEST_ID))),
        request("trash_restore", TrashRestore.class)
            .required(CWD, TrashRestore::cwd)
            .required(TRASH_PATH, TrashRestore::trashPath)
            .optional(TARGET_PATH, TrashRestore::targetPath)
            .make(in ->
                new TrashRestore(
                    in.get(CWD), in.get(TRASH_PATH), in.find(TARGET_PATH), in.find(REQUEST_ID))),
        request("trash_clear", TrashClear.class)
            .optional(CWD_FILTER, TrashClear::cwd)
            .make(in -> new TrashClear(in.find(CWD_FILTER), in.find(REQUEST_ID))));
  }

  private static List<Shape<? extends ClientMessage>> hub() {
    return List.of(
        request("hub_list", HubList.class).make(in -> new HubList(in.find(REQUEST_ID))),
        request("hub_install", HubInstall.class)
            .required(NAME, HubInstall::name)
            .optional(VERSION, HubInstall::version)
            .optional(ALLOW_CODE, HubInstall::allowCode)
            .make(in ->
                new HubInstall(
                    in.get(NAME), in.find(VERSION), in.find(ALLOW_CODE), in.find(REQUEST_ID))),
        request("hub_update", HubUpdate.class)
            .required(NAME, HubUpdate::name)
            .optional(VERSION, HubUpdate::version)
            .optional(ALLOW_CODE, HubUpdate::allowCode)
            .make(in ->
                new HubUpdate(
                    in.get(NAME), in.find(VERSION), in.find(ALLOW_CODE), in.find(REQUEST_ID))),
        request("hub_remove", HubRemove.class)
            .required(NAME, HubRemove::name)
            .make(in -> new HubRemove(in.get(NAME), in.find(REQUEST_ID))));
  }
}
