package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.ClientMessage.AttachRun;
import com.commaagents.protocol.message.ClientMessage.ContinueRun;
import com.commaagents.protocol.message.ClientMessage.DeleteRun;
import com.commaagents.protocol.message.ClientMessage.GetAvailableModels;
import com.commaagents.protocol.message.ClientMessage.HubInstall;
import com.commaagents.protocol.message.ClientMessage.HubList;
import com.commaagents.protocol.message.ClientMessage.HubRemove;
import com.commaagents.protocol.message.ClientMessage.HubUpdate;
import com.commaagents.protocol.message.ClientMessage.ListMcpServers;
import com.commaagents.protocol.message.ClientMessage.ListProviders;
import com.commaagents.protocol.message.ClientMessage.ListRuns;
import com.commaagents.protocol.message.ClientMessage.ListStrategies;
import com.commaagents.protocol.message.ClientMessage.PermissionDecision;
import com.commaagents.protocol.message.ClientMessage.Ping;
import com.commaagents.protocol.message.ClientMessage.PrepareRun;
import com.commaagents.protocol.message.ClientMessage.QuestionResponse;
import com.commaagents.protocol.message.ClientMessage.RegisterProvider;
import com.commaagents.protocol.message.ClientMessage.ResumeRun;
import com.commaagents.protocol.message.ClientMessage.SetCredential;
import com.commaagents.protocol.message.ClientMessage.StartRun;
import com.commaagents.protocol.message.ClientMessage.SteerRun;
import com.commaagents.protocol.message.ClientMessage.StopRun;
import com.commaagents.protocol.message.ClientMessage.Subscribe;
import com.commaagents.protocol.message.ClientMessage.TrashClear;
import com.commaagents.protocol.message.ClientMessage.TrashList;
import com.commaagents.protocol.message.ClientMessage.TrashRestore;
import com.commaagents.protocol.message.ClientMessage.UnregisterProvider;
import com.commaagents.protocol.message.ClientMessage.Unsubscribe;
import com.commaagents.protocol.message.ClientMessage.UpdateMcpServer;
import com.commaagents.protocol.message.ClientMessage.UpdatePolicy;
import com.commaagents.protocol.message.ClientMessage.UserInput;
import com.commaagents.protocol.message.CredentialType;
import com.commaagents.protocol.message.McpScope;
import com.commaagents.protocol.message.PermissionChoice;
import com.commaagents.protocol.message.PolicyDefault;
import com.commaagents.protocol.message.PolicyMode;
import com.commaagents.protocol.message.RunLimits;
import com.commaagents.protocol.message.RunStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What the golden files of requests say: each type with nothing optional, and with all of it.
final class ClientSamples {
  private static final Optional<String> NONE = Optional.empty();
  private static final Optional<String> ID = Optional.of("req-1");
  private static final OptionalLong NO_NUMBER = OptionalLong.empty();

  private final Map<String, ClientMessage> byName = new LinkedHashMap<>();

  private ClientSamples() {}

  static Map<String, ClientMessage> all() {
    ClientSamples samples = new ClientSamples();
    samples.runs();
    samples.people();
    samples.host();
    samples.packages();
    return samples.byName;
  }

  private void runs() {
    add("ping", new Ping(NONE), new Ping(ID));
    add(
        "prepare_run",
        new PrepareRun(NONE, some("/s/one.yaml"), NONE, NONE, NONE, Optional.empty(), NONE),
        new PrepareRun(
            some("run-1"),
            some("/s/one.yaml"),
            some("openai/gpt"),
            some("/work"),
            some("/work/agents.json"),
            Optional.of(
                new RunLimits(
                    OptionalLong.of(100_000),
                    OptionalDouble.of(1.5),
                    OptionalLong.of(60_000),
                    OptionalLong.of(20),
                    OptionalLong.of(50))),
            ID));
    add(
        "start_run",
        new StartRun("run-1", NONE, NONE),
        new StartRun("run-1", some("Guten Tag, \"Welt\" 🌍"), ID));
    add(
        "continue_run",
        new ContinueRun("run-1", "and then?", NONE),
        new ContinueRun("run-1", "and then?", ID));
    add("resume_run", new ResumeRun("run-1", NONE), new ResumeRun("run-1", ID));
    add(
        "attach_run",
        new AttachRun("run-1", NO_NUMBER, NONE),
        new AttachRun("run-1", OptionalLong.of(41), ID));
    add("delete_run", new DeleteRun("run-1", NONE), new DeleteRun("run-1", ID));
    add("stop_run", new StopRun("run-1", NONE), new StopRun("run-1", ID));
    add(
        "subscribe",
        new Subscribe("run-1", NO_NUMBER, NONE),
        new Subscribe("run-1", OptionalLong.of(0), ID));
    add("unsubscribe", new Unsubscribe("run-1", NONE), new Unsubscribe("run-1", ID));
    add(
        "steer_run",
        new SteerRun("run-1", "be brief", NONE),
        new SteerRun("run-1", "be brief", ID));
  }

  private void people() {
    add(
        "user_input",
        new UserInput("run-1", "human", "", NONE),
        new UserInput("run-1", "human", "", ID));
    add(
        "permission_decision",
        new PermissionDecision("run-1", "perm-1", PermissionChoice.ALLOW_SESSION, NONE),
        new PermissionDecision("run-1", "perm-1", PermissionChoice.ALLOW_SESSION, ID));
    add(
        "question_response",
        new QuestionResponse("run-1", "ques-1", "yes", NONE),
        new QuestionResponse("run-1", "ques-1", "yes", ID));
    add(
        "update_policy",
        new UpdatePolicy(
            "run-1",
            PolicyMode.WRITE,
            NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            NONE),
        new UpdatePolicy(
            "run-1",
            PolicyMode.WRITE,
            some("write_file"),
            Optional.of(List.of("src/**")),
            Optional.of(List.of("**/.env", "/etc/**")),
            Optional.of(PolicyDefault.ASK),
            ID));
  }

  private void host() {
    add(
        "list_runs",
        new ListRuns(NONE, NO_NUMBER, NONE, Optional.empty(), NONE, NONE),
        new ListRuns(
            some("/work"),
            OptionalLong.of(20),
            some("2026-11-22T06:36:14.918Z"),
            Optional.of(RunStatus.CANCELLED),
            some("review"),
            ID));
    add("list_strategies", new ListStrategies(NONE), new ListStrategies(ID));
    add(
        "list_providers",
        new ListProviders(NONE, Optional.empty(), NONE),
        new ListProviders(some("configured"), Optional.of(true), ID));
    add(
        "get_available_models",
        new GetAvailableModels(NONE, NONE, NONE),
        new GetAvailableModels(some("gpt"), some("all"), ID));
    add(
        "register_provider",
        new RegisterProvider("openai", NONE),
        new RegisterProvider("openai", ID));
    add(
        "unregister_provider",
        new UnregisterProvider("openai", NONE),
        new UnregisterProvider("openai", ID));
    add(
        "set_credential",
        new SetCredential("openai", CredentialType.API, NONE, NONE, Optional.empty(), NONE),
        new SetCredential(
            "openai",
            CredentialType.API,
            some("key-1"),
            some("token-1"),
            Optional.of(
                Golden.tree(
                    """
                    {"region":"eu","nested":{"list":[1,2.5,true,null]}}\
                    """)),
            ID));
    add(
        "list_mcp_servers",
        new ListMcpServers(NONE, NONE, NONE, NONE),
        new ListMcpServers(some("/work"), some("run-1"), some("/s/one.yaml"), ID));
    add(
        "update_mcp_server",
        new UpdateMcpServer("files", false, McpScope.RUN, NONE, NONE, NONE, NONE),
        new UpdateMcpServer(
            "files", false, McpScope.RUN, some("/work"), some("run-1"), some("/s/one.yaml"), ID));
  }

  private void packages() {
    add("trash_list", new TrashList(NONE, NONE), new TrashList(some("/work"), ID));
    add(
        "trash_restore",
        new TrashRestore("/work", "/t/a.tgz", NONE, NONE),
        new TrashRestore("/work", "/t/a.tgz", some("/work/b"), ID));
    add("trash_clear", new TrashClear(NONE, NONE), new TrashClear(some("/work"), ID));
    add("hub_list", new HubList(NONE), new HubList(ID));
    add(
        "hub_install",
        new HubInstall("review", Optional.empty(), Optional.empty(), NONE),
        new HubInstall("review", Optional.of("1.0.0"), Optional.of(true), ID));
    add(
        "hub_update",
        new HubUpdate("review", Optional.empty(), Optional.empty(), NONE),
        new HubUpdate("review", Optional.of("latest"), Optional.of(false), ID));
    add("hub_remove", new HubRemove("review", NONE), new HubRemove("review", ID));
  }

  private void add(String type, ClientMessage bare, ClientMessage full) {
    byName.put(type + ".bare", bare);
    byName.put(type + ".full", full);
  }

  private static Optional<String> some(String text) {
    return Optional.of(text);
  }
}
