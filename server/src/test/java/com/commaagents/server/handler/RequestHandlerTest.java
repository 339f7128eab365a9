package com.commaagents.server.handler;

import static com.commaagents.server.handler.HandlerFixture.error;
import static com.commaagents.server.handler.HandlerFixture.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.commaagents.base.json.Json;
import com.commaagents.base.json.RawJson;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.CredentialType;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.PermissionChoice;
import com.commaagents.protocol.message.PolicyDefault;
import com.commaagents.protocol.message.PolicyMode;
import com.commaagents.protocol.message.RunOverview;
import com.commaagents.protocol.message.RunStatus;
import com.commaagents.server.fakes.Strategies;
import com.commaagents.server.handler.HandlerFixture.Client;
import com.commaagents.server.handler.ProviderServices.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

final class RequestHandlerTest {
  private static final Optional<String> R = Optional.of("r");
  private static final Optional<String> NONE = Optional.empty();

  private final Path folder;
  private final HandlerFixture fixture;
  private final Client alice;
  private final Client bob;

  RequestHandlerTest(@TempDir Path folder) {
    this.folder = folder;
    fixture = new HandlerFixture(folder);
    alice = fixture.connect();
    bob = fixture.connect();
  }

  @BeforeEach
  void writeStrategies() throws IOException {
    for (String name : List.of("echo", "hang", "permission", "question")) {
      fixture.strategy(name);
    }
    Strategies.chat(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void answersAPing() throws InterruptedException {
    assertThat(alice.ask(new ClientMessage.Ping(R))).contains(new DaemonMessage.Pong(header()));
  }

  @Test
  void preparesARunAndSubscribesWhoAsked() throws InterruptedException {
    assertThat(alice.ask(fixture.preparation("echo", "run-1")))
        .contains(
            new DaemonMessage.RunPrepared(
                header(),
                "run-1",
                "echo",
                List.of("user", "a"),
                json("{\"type\":\"sequential\",\"name\":\"main\",\"steps\":[{\"agent\":\"a\"}]}"),
                RawJson.of(json("{\"records\":[],\"retentionEvents\":[],\"inputs\":[]}")),
                List.of(),
                OptionalLong.of(0)));
    bob.ask(new ClientMessage.SteerRun("run-1", "be brief", NONE));
    assertThat(alice.events.next("steer_queued").path("text").stringValue()).isEqualTo("be brief");
    assertThat(bob.events.sent()).isEmpty();
  }

  @Test
  void refusesToPrepareARunThatIsThere() throws InterruptedException {
    alice.prepares("hang");
    assertThat(alice.ask(fixture.preparation("hang", "hang")))
        .contains(error("PREPARE_FAILED", "Run already exists: hang"));
    alice.starts("hang");
    assertThat(bob.ask(fixture.preparation("hang", "hang")))
        .contains(error("PREPARE_FAILED", "Run already exists: hang"));
  }

  @Test
  void saysWhichStrategyFileIsMissing() throws InterruptedException {
    var refused =
        (DaemonMessage.ErrorReply) alice.ask(fixture.preparation("absent", "run-1")).orElseThrow();
    assertThat(refused.code()).isEqualTo("PREPARE_FAILED");
    assertThat(refused.message())
        .startsWith("Strategy file not found: " + folder.resolve("absent.yaml"));
  }

  @Test
  void startsARunSilentlyAndEchoesTheRequestInItsFirstAndLastEvent() throws InterruptedException {
    alice.prepares("echo");
    assertThat(bob.ask(new ClientMessage.StartRun("echo", Optional.of("hello"), R))).isEmpty();

    for (Client client : List.of(alice, bob)) {
      assertThat(client.events.next("strategy_started").path("requestId").stringValue())
          .isEqualTo("r");
      JsonNode end = client.events.next("strategy_completed");
      assertThat(end.path("requestId").stringValue()).isEqualTo("r");
      assertThat(end.path("result").stringValue()).isEqualTo("hello!");
      assertThat(client.events.sent()).hasSize(8);
    }
    assertThat(bob.events.texts()).isEqualTo(alice.events.texts());
  }

  @Test
  void startsARunOnce() throws InterruptedException {
    alice.prepares("hang");
    alice.starts("hang");
    assertThat(alice.ask(new ClientMessage.StartRun("hang", NONE, R)))
        .contains(error("START_FAILED", "Run already started: hang"));
  }

  @Test
  void continuesAFinishedRunThatWasPreparedForIt() throws InterruptedException {
    alice.completes("echo");
    assertThat(alice.ask(new ClientMessage.ContinueRun("echo", "more", R)))
        .contains(error("CONTINUE_FAILED", "Prepared run not found: echo"));
    alice.prepares("echo");
    assertThat(alice.ask(new ClientMessage.StartRun("echo", NONE, R)))
        .contains(error("START_FAILED", "Run was prepared for continuation: echo"));
    assertThat(alice.ask(new ClientMessage.ContinueRun("echo", "more", R))).isEmpty();
    alice.events.next("strategy_completed");
    assertThat(alice.events.next("strategy_completed").path("result").stringValue())
        .isEqualTo("more!");
  }

  @Test
  void refusesToContinueANewRun() throws InterruptedException {
    alice.prepares("echo");
    assertThat(alice.ask(new ClientMessage.ContinueRun("echo", "more", R)))
        .contains(error("CONTINUE_FAILED", "Run was not prepared for continuation: echo"));
  }

  @Test
  void stopsARunAndTellsAllSubscribersOnce() throws InterruptedException {
    alice.prepares("hang");
    bob.starts("hang");
    alice.events.next("agent_streaming");
    assertThat(bob.ask(new ClientMessage.StopRun("hang", R))).isEmpty();
    assertThat(bob.ask(new ClientMessage.StopRun("hang", R))).isEmpty();
    fixture.runs.await("hang");
    for (Client client : List.of(alice, bob)) {
      JsonNode end = client.events.next("strategy_error");
      assertThat(end.path("error"))
          .isEqualTo(json("{\"code\":\"CANCELLED\",\"message\":\"Run cancelled by client\"}"));
      assertThat(client.events.rest()).isEmpty();
    }
  }

  @Test
  void tellsASubscriberWhatComesUntilItUnsubscribes() throws InterruptedException {
    alice.prepares("echo");
    assertThat(bob.ask(new ClientMessage.Subscribe("echo", OptionalLong.empty(), R))).isEmpty();
    alice.ask(new ClientMessage.SteerRun("echo", "one", NONE));
    assertThat(bob.events.next("steer_queued").path("text").stringValue()).isEqualTo("one");
    assertThat(bob.ask(new ClientMessage.Unsubscribe("echo", R))).isEmpty();
    alice.starts("echo");
    fixture.runs.await("echo");
    assertThat(bob.events.rest()).isEmpty();
  }

  @Test
  void tellsAClientThatHasGoneNothing() throws InterruptedException {
    alice.prepares("hang");
    bob.starts("hang");
    fixture.handler.forget(alice.id);
    int before = alice.events.sent().size();
    bob.ask(new ClientMessage.StopRun("hang", R));
    bob.events.next("strategy_error");
    assertThat(alice.events.sent().size()).isBetween(before, before + 2);
    assertThat(alice.events.texts()).noneMatch(text -> text.contains("strategy_error"));
  }

  @Test
  void givesTheFirstAnswerToTheAgentThatWaitsForInput() throws InterruptedException {
    alice.prepares("chat");
    assertThat(alice.ask(new ClientMessage.StartRun("chat", NONE, NONE))).isEmpty();
    JsonNode asked = alice.events.next("request_input");
    assertThat(asked.path("prompt").stringValue()).isEqualTo("Say something");
    assertThat(bob.ask(new ClientMessage.UserInput("chat", "wrong", "x", R)))
        .contains(error("NO_PENDING_INPUT", "No pending input request for run chat agent wrong"));
    assertThat(bob.ask(new ClientMessage.UserInput("chat", "user", "typed", R))).isEmpty();
    assertThat(alice.ask(new ClientMessage.UserInput("chat", "user", "late", R)))
        .contains(error("NO_PENDING_INPUT", "No pending input request for run chat agent user"));
    assertThat(alice.events.next("strategy_completed").path("result").stringValue())
        .isEqualTo("typed!");
  }

  @ParameterizedTest
  @EnumSource
  void handsAPermissionDecisionToTheTool(PermissionChoice choice) throws InterruptedException {
    alice.prepares("permission");
    alice.starts("permission");
    String id = alice.events.next("request_permission").path("requestId").stringValue();
    assertThat(alice.ask(decision("another", choice)))
        .contains(
            error(
                "NO_PENDING_PERMISSION",
                "No pending permission request another for run permission"));
    assertThat(bob.ask(decision(id, choice))).isEmpty();
    assertThat(alice.ask(decision(id, choice)))
        .contains(
            error(
                "NO_PENDING_PERMISSION",
                "No pending permission request " + id + " for run permission"));
    assertThat(toolOutput()).isEqualTo(choice.label());
  }

  @Test
  void handsAnAnswerToTheToolThatAsked() throws InterruptedException {
    alice.prepares("question");
    alice.starts("question");
    JsonNode asked = alice.events.next("request_question");
    assertThat(asked.path("question").stringValue()).isEqualTo("Which one?");
    String id = asked.path("requestId").stringValue();
    assertThat(bob.ask(new ClientMessage.QuestionResponse("question", id, "both", R))).isEmpty();
    assertThat(bob.ask(new ClientMessage.QuestionResponse("question", id, "none", R)))
        .contains(error("NO_PENDING_QUESTION", "No pending question " + id + " for run question"));
    assertThat(toolOutput()).isEqualTo("both");
  }

  @Test
  void changesPoliciesOfALiveRunAndTellsItsSubscribers() throws InterruptedException {
    alice.prepares("echo");
    for (PolicyMode mode : PolicyMode.values()) {
      for (PolicyDefault otherwise : PolicyDefault.values()) {
        assertThat(bob.ask(policy(mode, Optional.of("question"), Optional.of(otherwise))))
            .isEmpty();
        JsonNode told = alice.events.next("policy_updated");
        assertThat(told.path("tool").stringValue()).isEqualTo("question");
        assertThat(told.path("policies")).isEqualTo(json("[{\"name\":\"src/**\"}]"));
      }
    }
    assertThat(bob.ask(policy(PolicyMode.READ, NONE, Optional.empty()))).isEmpty();
    assertThat(bob.ask(policy(PolicyMode.READ, Optional.of("no_such_tool"), Optional.empty())))
        .contains(error("RUN_NOT_FOUND", "No pending or running run echo with such a tool"));
    alice.starts("echo");
    fixture.runs.await("echo");
    assertThat(bob.ask(policy(PolicyMode.READ, NONE, Optional.empty())))
        .contains(error("RUN_NOT_FOUND", "No pending or running run echo with such a tool"));
  }

  @Test
  void steersALiveRunOnly() throws InterruptedException {
    alice.prepares("hang");
    assertThat(bob.ask(new ClientMessage.SteerRun("hang", "pending", R))).isEmpty();
    alice.starts("hang");
    assertThat(bob.ask(new ClientMessage.SteerRun("hang", "running", R))).isEmpty();
    assertThat(alice.events.next("steer_queued").path("text").stringValue()).isEqualTo("pending");
    assertThat(alice.events.next("steer_queued").path("text").stringValue()).isEqualTo("running");
    bob.ask(new ClientMessage.StopRun("hang", NONE));
    fixture.runs.await("hang");
    assertThat(bob.ask(new ClientMessage.SteerRun("hang", "late", R)))
        .contains(error("RUN_NOT_STEERABLE", "Cannot steer run hang: not running"));
  }

  @Test
  void listsPersistedRunsOfAFolder() throws InterruptedException {
    alice.completes("echo");
    alice.prepares("hang");
    assertThat(listRuns(NONE)).extracting(run -> run.runId()).containsExactly("echo");
    alice.starts("hang");
    assertThat(listRuns(Optional.of(folder.toString())))
        .extracting(run -> run.runId() + " " + run.status())
        .containsExactly("hang RUNNING", "echo COMPLETED");
    for (String other : List.of("/elsewhere", folder + "/", folder.resolve("x") + "/..", "a\0b")) {
      assertThat(listRuns(Optional.of(other))).isEmpty();
    }
  }

  @Test
  void listsTheRunsInMemory() throws InterruptedException {
    alice.completes("echo");
    alice.prepares("hang");
    var reply =
        (DaemonMessage.StrategyList) alice.ask(new ClientMessage.ListStrategies(R)).orElseThrow();
    assertThat(reply.header()).isEqualTo(header());
    assertThat(reply.runs())
        .extracting(run -> run.runId(), run -> run.status(), run -> run.completedAt().isPresent())
        .containsExactlyInAnyOrder(
            tuple("echo", RunStatus.COMPLETED, true), tuple("hang", RunStatus.PENDING, false));
  }

  @Test
  void keepsCredentialsOfEveryType() throws InterruptedException {
    JsonNode data = json("{\"baseURL\":\"http://localhost\"}");
    for (CredentialType type : CredentialType.values()) {
      assertThat(
              alice.ask(
                  new ClientMessage.SetCredential(
                      "provider-" + type.label(),
                      type,
                      Optional.of("key"),
                      Optional.of("token"),
                      Optional.of(data),
                      R)))
          .contains(
              new DaemonMessage.CredentialSet(header(), "provider-" + type.label(), type.label()));
    }
    assertThat(fixture.providers.credentials)
        .isEqualTo(
            Map.of(
                "provider-api", new Credential.Api("key"),
                "provider-oauth", new Credential.OAuth("token"),
                "provider-custom", new Credential.Custom(data)));
    assertThat(fixture.providers.credentials.toString())
        .doesNotContain("key", "token", "localhost");
  }

  @Test
  void listsRestoresAndClearsTheTrash() throws InterruptedException {
    var list =
        (DaemonMessage.TrashListResult)
            alice.ask(new ClientMessage.TrashList(NONE, R)).orElseThrow();
    assertThat(list)
        .isEqualTo(
            new DaemonMessage.TrashListResult(
                header(), fixture.host.listTrash(Optional.empty()), 1, 12));
    assertThat(alice.ask(new ClientMessage.TrashList(Optional.of("/elsewhere"), R)))
        .contains(new DaemonMessage.TrashListResult(header(), List.of(), 0, 0));
    assertThat(
            alice.ask(
                new ClientMessage.TrashRestore("/work", "/work/.trash/a", Optional.of("b"), R)))
        .contains(new DaemonMessage.TrashRestoreResult(header(), "/work/b", "/work/.trash/a"));
    assertThat(alice.ask(new ClientMessage.TrashClear(Optional.of("/work"), R)))
        .contains(new DaemonMessage.TrashClearResult(header(), 1, 12));
  }

  private List<RunOverview> listRuns(Optional<String> cwd) throws InterruptedException {
    var request =
        new ClientMessage.ListRuns(cwd, OptionalLong.empty(), NONE, Optional.empty(), NONE, R);
    var reply = (DaemonMessage.RunList) alice.ask(request).orElseThrow();
    assertThat(reply.header()).isEqualTo(header());
    return reply.runs();
  }

  private String toolOutput() throws InterruptedException {
    JsonNode event = alice.events.next("agent_streaming").path("event");
    while (!event.path("type").stringValue().equals("tool-result")) {
      event = alice.events.next("agent_streaming").path("event");
    }
    alice.events.next("strategy_completed");
    return event.path("output").stringValue();
  }

  private static ClientMessage decision(String id, PermissionChoice choice) {
    return new ClientMessage.PermissionDecision("permission", id, choice, R);
  }

  private static ClientMessage policy(
      PolicyMode mode, Optional<String> tool, Optional<PolicyDefault> otherwise) {
    return new ClientMessage.UpdatePolicy(
        "echo", mode, tool, Optional.of(List.of("src/**")), Optional.empty(), otherwise, R);
  }

  private static JsonNode json(String text) {
    return Json.parse(text).orElseThrow();
  }
}
