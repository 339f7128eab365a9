package com.commaagents.server.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.CredentialType;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.RunLimits;
import com.commaagents.protocol.message.McpScope;
import com.commaagents.protocol.message.PermissionChoice;
import com.commaagents.protocol.message.PolicyMode;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.server.fakes.FakePackages;
import com.commaagents.server.fakes.FixedClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// How each request fails, in a run system that holds no run.
final class FailureCodesTest {
  private static final Optional<String> NONE = Optional.empty();
  private static final String RUN = "nobody";
  private static final String NOT_A_PATH = "a\0b";

  /// A request and the error that answers it.
  private record Failing(
      Function<Optional<String>, ClientMessage> request, String code, String message) {}

  private static final List<Failing> FAILING =
      List.of(
          new Failing(
              id ->
                  new ClientMessage.PrepareRun(
                      Optional.of(RUN), NONE, NONE, NONE, NONE, Optional.empty(), id),
              "PREPARE_FAILED",
              "Run not found: nobody"),
          new Failing(
              id ->
                  new ClientMessage.PrepareRun(
                      Optional.of(RUN), NONE, NONE, NONE, NONE, Optional.of(maxTokens(0)), id),
              "PREPARE_FAILED",
              "limits.maxTokens: must be a positive integer"),
          new Failing(
              id -> new ClientMessage.StartRun(RUN, Optional.of("x"), id),
              "START_FAILED",
              "Prepared run not found: nobody"),
          new Failing(
              id -> new ClientMessage.ContinueRun(RUN, "x", id),
              "CONTINUE_FAILED",
              "Prepared run not found: nobody"),
          new Failing(
              id -> new ClientMessage.Subscribe(RUN, OptionalLong.empty(), id),
              "SUBSCRIBE_ERROR",
              "Run not found: nobody"),
          new Failing(
              id -> new ClientMessage.UserInput(RUN, "user", "x", id),
              "NO_PENDING_INPUT",
              "No pending input request for run nobody agent user"),
          new Failing(
              id -> new ClientMessage.PermissionDecision(RUN, "p", PermissionChoice.ALLOW, id),
              "NO_PENDING_PERMISSION",
              "No pending permission request p for run nobody"),
          new Failing(
              id -> new ClientMessage.QuestionResponse(RUN, "q", "x", id),
              "NO_PENDING_QUESTION",
              "No pending question q for run nobody"),
          new Failing(
              id ->
                  new ClientMessage.UpdatePolicy(
                      RUN,
                      PolicyMode.READ,
                      NONE,
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      id),
              "RUN_NOT_FOUND",
              "No pending or running run nobody with such a tool"),
          new Failing(
              id -> new ClientMessage.SteerRun(RUN, "x", id),
              "RUN_NOT_STEERABLE",
              "Cannot steer run nobody: not running"),
          new Failing(
              id -> credential("openai", CredentialType.API, Json.object(), id),
              "INVALID_MESSAGE",
              "apiKey is required for a credential of type api"),
          new Failing(
              id -> new ClientMessage.TrashList(Optional.of(NOT_A_PATH), id),
              "INTERNAL_ERROR",
              "Not a path: Nul character not allowed"),
          new Failing(
              id -> new ClientMessage.TrashRestore("/work", "b", NONE, id),
              "RESTORE_FAILED",
              "Not in the trash: b"),
          new Failing(
              id -> new ClientMessage.TrashClear(Optional.of("/elsewhere"), id),
              "INTERNAL_ERROR",
              "Cannot be deleted."),
          new Failing(
              id -> new ClientMessage.ResumeRun(RUN, id), "RESUME_FAILED", "Run not found: nobody"),
          new Failing(
              id -> new ClientMessage.DeleteRun(RUN, id), "DELETE_FAILED", "Run not found: nobody"),
          new Failing(
              id -> new ClientMessage.AttachRun(RUN, OptionalLong.empty(), id),
              "ATTACH_FAILED",
              "Run not found: nobody"),
          new Failing(
              id -> new ClientMessage.ListProviders(Optional.of("broken"), Optional.empty(), id),
              "INTERNAL_ERROR",
              "credentials.json:1:1: this is not valid JSON"),
          new Failing(
              id -> new ClientMessage.GetAvailableModels(NONE, Optional.of("broken"), id),
              "INTERNAL_ERROR",
              "credentials.json:1:1: this is not valid JSON"),
          new Failing(
              id -> new ClientMessage.RegisterProvider("nobody", id),
              "NOT_FOUND",
              "Provider not found: nobody."),
          new Failing(
              id -> new ClientMessage.UnregisterProvider("nobody", id),
              "NOT_FOUND",
              "Provider not found: nobody."),
          new Failing(
              id -> new ClientMessage.ListMcpServers(NONE, Optional.of(RUN), NONE, id),
              "MCP_LIST_FAILED",
              "Run not found: nobody"),
          new Failing(
              id -> new ClientMessage.ListMcpServers(Optional.of(NOT_A_PATH), NONE, NONE, id),
              "MCP_LIST_FAILED",
              "cwd: not a path: Nul character not allowed"),
          new Failing(
              id ->
                  new ClientMessage.UpdateMcpServer("x", true, McpScope.RUN, NONE, NONE, NONE, id),
              "MCP_UPDATE_FAILED",
              "There is no MCP server \"x\" here; there are: none"),
          hub(id -> new ClientMessage.HubInstall("x", Optional.empty(), Optional.empty(), id)),
          hub(id -> new ClientMessage.HubUpdate("x", Optional.empty(), Optional.empty(), id)),
          hub(id -> new ClientMessage.HubRemove("x", id)));

  /// What has no failure of its own.
  private static final Set<Class<? extends ClientMessage>> NEVER_FAILING =
      Set.of(
          ClientMessage.Ping.class,
          ClientMessage.StopRun.class,
          ClientMessage.Unsubscribe.class,
          ClientMessage.ListRuns.class,
          ClientMessage.HubList.class,
          ClientMessage.ListStrategies.class);

  private final HandlerFixture fixture;
  private final HandlerFixture.Client client;

  FailureCodesTest(@TempDir Path folder) {
    fixture = new HandlerFixture(folder);
    client = fixture.connect();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void knowsHowEveryRequestThereIsFails() {
    Set<Class<?>> known =
        Stream.concat(
                FAILING.stream().map(failing -> failing.request().apply(NONE).getClass()),
                NEVER_FAILING.stream())
            .collect(Collectors.toSet());
    assertThat(known).isEqualTo(Set.of(ClientMessage.class.getPermittedSubclasses()));
  }

  @Test
  void answersEachFailingRequestWithItsCodeAndEchoesItsId() throws InterruptedException {
    for (Failing failing : FAILING) {
      for (Optional<String> requestId : List.of(Optional.of("r-1"), NONE)) {
        ClientMessage request = failing.request().apply(requestId);
        assertThat(client.ask(request))
            .as("%s", request)
            .contains(
                new DaemonMessage.ErrorReply(
                    new ReplyHeader(FixedClock.NOW, requestId), failing.code(), failing.message()));
      }
    }
    assertThat(client.events.sent()).isEmpty();
  }

  @Test
  void isSilentWhereThereIsNothingToStopOrToUnsubscribeFrom() throws InterruptedException {
    for (String runId : List.of(RUN, "", "..", "a\0b", "x".repeat(1_000))) {
      assertThat(client.ask(new ClientMessage.StopRun(runId, NONE))).isEmpty();
      assertThat(client.ask(new ClientMessage.Unsubscribe(runId, NONE))).isEmpty();
    }
  }

  @Test
  void refusesIdsThatAreNoneLikeIdsOfNobody() throws InterruptedException {
    for (String runId : List.of("", "..", "../x", "a/b", "a\0b", "-x", "x".repeat(129))) {
      assertThat(code(new ClientMessage.StartRun(runId, NONE, NONE))).isEqualTo("START_FAILED");
      assertThat(code(new ClientMessage.ContinueRun(runId, "x", NONE)))
          .isEqualTo("CONTINUE_FAILED");
      assertThat(code(new ClientMessage.Subscribe(runId, OptionalLong.empty(), NONE)))
          .isEqualTo("SUBSCRIBE_ERROR");
      assertThat(code(new ClientMessage.SteerRun(runId, "x", NONE))).isEqualTo("RUN_NOT_STEERABLE");
      assertThat(code(preparation(Optional.of(runId), "x.yaml", NONE, NONE)))
          .isEqualTo("PREPARE_FAILED");
    }
  }

  @Test
  void refusesToPrepareWhatIsNoPath() throws InterruptedException {
    for (ClientMessage request :
        List.of(
            preparation(NONE, NOT_A_PATH, NONE, NONE),
            preparation(NONE, "x.yaml", Optional.of(NOT_A_PATH), NONE),
            preparation(NONE, "x.yaml", NONE, Optional.of(NOT_A_PATH)))) {
      assertThat(message(request)).endsWith(": not a path: Nul character not allowed");
    }
    assertThat(fixture.runs.runsInMemory()).isEmpty();
  }

  @Test
  void refusesTrashPathsThatAreNone() throws InterruptedException {
    assertThat(code(new ClientMessage.TrashClear(Optional.of(NOT_A_PATH), NONE)))
        .isEqualTo("INTERNAL_ERROR");
    for (ClientMessage request :
        List.of(
            new ClientMessage.TrashRestore(NOT_A_PATH, "a", NONE, NONE),
            new ClientMessage.TrashRestore("/work", NOT_A_PATH, NONE, NONE),
            new ClientMessage.TrashRestore("/work", "a", Optional.of(NOT_A_PATH), NONE))) {
      assertThat(code(request)).isEqualTo("RESTORE_FAILED");
    }
  }

  @Test
  void asksForTheValueThatFitsTheCredentialsType() throws InterruptedException {
    assertThat(message(credential("x", CredentialType.API, Json.object(), NONE)))
        .isEqualTo("apiKey is required for a credential of type api");
    assertThat(message(credential("x", CredentialType.OAUTH, Json.object(), NONE)))
        .isEqualTo("oauthToken is required for a credential of type oauth");
    assertThat(
            client.ask(
                new ClientMessage.SetCredential(
                    "x",
                    CredentialType.CUSTOM,
                    Optional.of("key"),
                    Optional.of("token"),
                    Optional.empty(),
                    Optional.of("r"))))
        .contains(
            HandlerFixture.error(
                "INVALID_MESSAGE", "customData is required for a credential of type custom"));
    assertThat(fixture.providers.credentials).isEmpty();
  }

  @Test
  void saysThatACredentialCouldNotBeKept() throws InterruptedException {
    assertThat(
            client.ask(
                new ClientMessage.SetCredential(
                    "refused",
                    CredentialType.API,
                    Optional.of("key"),
                    NONE,
                    Optional.empty(),
                    Optional.of("r"))))
        .contains(HandlerFixture.error("INTERNAL_ERROR", "The disk is full."));
  }

  private static Failing hub(Function<Optional<String>, ClientMessage> request) {
    return new Failing(request, "HUB_ERROR", FakePackages.UNKNOWN);
  }

  /// A credential with everything but what an API key or a token is.
  private static ClientMessage credential(
      String provider, CredentialType type, JsonNode data, Optional<String> id) {
    return new ClientMessage.SetCredential(provider, type, NONE, NONE, Optional.of(data), id);
  }

  private static RunLimits maxTokens(long tokens) {
    return new RunLimits(
        OptionalLong.of(tokens),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private static ClientMessage preparation(
      Optional<String> runId,
      String strategyPath,
      Optional<String> cwd,
      Optional<String> manifestPath) {
    return new ClientMessage.PrepareRun(
        runId, Optional.of(strategyPath), NONE, cwd, manifestPath, Optional.empty(), NONE);
  }

  private String code(ClientMessage request) throws InterruptedException {
    return error(request).code();
  }

  private String message(ClientMessage request) throws InterruptedException {
    return error(request).message();
  }

  private DaemonMessage.ErrorReply error(ClientMessage request) throws InterruptedException {
    return (DaemonMessage.ErrorReply) client.ask(request).orElseThrow();
  }
}
