package com.commaagents.cli.run;

import static com.commaagents.cli.run.Talk.said;
import static com.commaagents.cli.run.Talk.to;
import static com.commaagents.cli.run.Talk.type;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.run.RunRequest.Verb;
import com.commaagents.cli.testing.FakeDaemon;
import com.commaagents.cli.testing.FakeTerminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Runs that are watched from the middle on, over a connection of somebody who came later or whose
/// connection was lost.
@Timeout(30)
class RunFollowTest {
  private static final RunRequest ATTACH = RunRequest.of(Verb.ATTACH, "r1", Path.of("/work"));
  private static final RunRequest CONTINUE =
      new RunRequest(
          Verb.CONTINUE,
          Optional.empty(),
          Optional.of("r1"),
          Path.of("/work"),
          Optional.empty(),
          Optional.of("more"),
          Json.object());

  private static final String PERMISSION =
      """
      {"type":"request_permission","runId":"r1","requestId":"p1","agentName":"a",\
      "toolName":"run_command","operation":"fs.exec","resource":"make","reason":"policy-ask",\
      "seq":8}\
      """;
  private static final String INPUT =
      """
      {"type":"request_input","runId":"r1","agentName":"you","prompt":"Go on?","seq":8}\
      """;
  private static final String COMPLETED =
      """
      {"type":"strategy_completed","runId":"r1","result":"fine",\
      "usage":{"promptTokens":3,"completionTokens":4},"seq":9}\
      """;
  private static final Outcome FINE =
      new Outcome.Completed("r1", "fine", 3, 4, OptionalDouble.empty());

  private final FakeTerminal terminal = new FakeTerminal();

  @Test
  void showsWhatIsBeingSaidAndFollows() throws Exception {
    FakeDaemon.Behaviour running =
        (message, connection) -> {
          connection.send(
              snapshot(
                  "running",
                  """
                  "inFlight":[{"agentName":"a","path":"0","text":"half a sen","thinking":"",\
                  "toolCalls":[]}],"pending":[]\
                  """));
          connection.send(
              """
              {"type":"agent_streaming","runId":"r1","agentName":"a","seq":8,\
              "event":{"type":"text","text":"tence"}}\
              """);
          connection.send(COMPLETED);
        };
    try (FakeDaemon daemon = new FakeDaemon(0, running)) {
      assertThat(session(ATTACH, true, false).run(to(daemon))).isEqualTo(FINE);
      assertThat(said(daemon))
          .containsExactly("{\"type\":\"attach_run\",\"runId\":\"r1\",\"requestId\":\"attach\"}");
      assertThat(terminal.shown())
          .contains("▶ s  run r1\n  running, 2 calls so far: comma runs show r1\n")
          .contains("● a\n")
          .contains("half a sentence\n");
    }
  }

  @Test
  void showsAtOnceHowAFinishedRunEnded() throws Exception {
    record Case(String status, String fields, Outcome end) {}
    List<Case> cases =
        List.of(
            new Case(
                "completed",
                "\"result\":\"fine\"",
                new Outcome.Completed("r1", "fine", 0, 0, OptionalDouble.empty())),
            new Case(
                "error",
                "\"error\":{\"code\":\"INTERRUPTED\",\"message\":\"cut\"}",
                new Outcome.Failed("INTERRUPTED", "cut")),
            new Case(
                "cancelled",
                "\"error\":{\"code\":\"CANCELLED\",\"message\":\"by client\"}",
                new Outcome.Stopped(false)));
    for (Case finished : cases) {
      FakeDaemon.Behaviour telling =
          (message, connection) -> connection.send(snapshot(finished.status(), finished.fields()));
      try (FakeDaemon daemon = new FakeDaemon(0, telling)) {
        assertThat(session(ATTACH, true, false).run(to(daemon))).isEqualTo(finished.end());
      }
    }
    assertThat(terminal.shown()).contains("comma run --resume r1");
  }

  @Test
  void saysThatThereIsNoSuchRun() throws Exception {
    FakeDaemon.Behaviour refusing =
        (message, connection) ->
            connection.send(
                """
                {"type":"error","code":"ATTACH_FAILED","message":"Run not found: r1",\
                "requestId":"attach"}\
                """);
    try (FakeDaemon daemon = new FakeDaemon(0, refusing)) {
      assertThat(session(ATTACH, true, false).run(to(daemon)))
          .isEqualTo(new Outcome.Failed("ATTACH_FAILED", "Run not found: r1"));
    }
  }

  @Test
  void answersWhatIsOpenAlready() throws Exception {
    terminal.typing("y");
    try (FakeDaemon daemon = new FakeDaemon(0, open(PERMISSION, "permission_decision"))) {
      assertThat(session(ATTACH, true, false).run(to(daemon))).isEqualTo(FINE);
      assertThat(said(daemon).getLast())
          .isEqualTo(
              "{\"type\":\"permission_decision\",\"permissionRequestId\":\"p1\","
                  + "\"decision\":\"allow\",\"runId\":\"r1\"}");
      assertThat(terminal.shown()).contains("? a wants to run make (run_command)");
    }
  }

  @Test
  void leavesToOthersWhatNobodyHereAnswers() throws Exception {
    terminal.leaving();
    for (boolean person : new boolean[] {true, false}) {
      FakeDaemon.Behaviour answeredElsewhere =
          (message, connection) -> {
            connection.send(snapshot("running", "\"pending\":[" + INPUT + "]"));
            connection.send(PERMISSION);
            connection.send(COMPLETED);
          };
      try (FakeDaemon daemon = new FakeDaemon(0, answeredElsewhere)) {
        assertThat(session(ATTACH, person, false).run(to(daemon))).isEqualTo(FINE);
        assertThat(said(daemon)).hasSize(1);
      }
    }
  }

  @Test
  void closesThePromptThatAnotherClientHasAnswered() throws Exception {
    FakeDaemon.Behaviour answeredElsewhere =
        (message, connection) -> {
          if (type(message).equals("attach_run")) {
            connection.send(snapshot("running", "\"pending\":[" + PERMISSION + "," + INPUT + "]"));
            connection.send(
                """
                {"type":"request_resolved","runId":"r1","kind":"permission",\
                "resolvedRequestId":"p1","by":"c2"}\
                """);
            connection.send(
                """
                {"type":"request_resolved","runId":"r1","kind":"input","agentName":"you",\
                "by":"c2"}\
                """);
            connection.send(COMPLETED);
          }
        };
    try (FakeDaemon daemon = new FakeDaemon(0, answeredElsewhere)) {
      assertThat(session(ATTACH, true, false).run(to(daemon))).isEqualTo(FINE);
      assertThat(said(daemon)).hasSize(1);
      assertThat(terminal.shown())
          .containsSubsequence(
              "a wants to run make", "Answered by another client.", "? you: Go on?", "Answered by");
    }
  }

  @Test
  void leavesTheRunOnCtrlC() throws Exception {
    CountDownLatch attached = new CountDownLatch(1);
    FakeDaemon.Behaviour running =
        (message, connection) -> {
          connection.send(snapshot("running", "\"pending\":[]"));
          attached.countDown();
        };
    try (FakeDaemon daemon = new FakeDaemon(0, running)) {
      RunSession session = session(ATTACH, true, false);
      Thread ctrlC =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  attached.await();
                  session.interrupt();
                } catch (InterruptedException over) {
                  Thread.currentThread().interrupt();
                }
              });
      Outcome outcome = session.run(to(daemon));
      ctrlC.join();
      assertThat(outcome).isEqualTo(new Outcome.Left("r1", false));
      assertThat(outcome.exitCode()).isEqualTo(130);
      assertThat(said(daemon)).as("it is not stopped").hasSize(1);
      assertThat(terminal.shown()).contains("comma run --attach r1");
    }
  }

  @Test
  void leavesARunThatHasBegunWhereThatIsWished() throws Exception {
    FakeDaemon.Behaviour beginning =
        (message, connection) -> {
          switch (type(message)) {
            case "prepare_run" ->
                connection.send(
                    "{\"type\":\"run_prepared\",\"runId\":\"r1\",\"requestId\":\"prepare\"}");
            case "continue_run" ->
                connection.send("{\"type\":\"strategy_started\",\"runId\":\"r1\",\"seq\":7}");
            default -> {}
          }
        };
    try (FakeDaemon daemon = new FakeDaemon(0, beginning)) {
      Outcome outcome = session(CONTINUE.detachedIf(true), true, false).run(to(daemon));
      assertThat(outcome).isEqualTo(new Outcome.Left("r1", true));
      assertThat(outcome.exitCode()).isZero();
      assertThat(terminal.shown()).contains("The run goes on.", "comma run --attach r1");
    }
  }

  @Test
  void comesBackToTheNumberItSawLastWhenTheConnectionBreaks() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    FakeDaemon.Behaviour breaking =
        (message, connection) -> {
          switch (type(message)) {
            case "prepare_run" ->
                connection.send(
                    "{\"type\":\"run_prepared\",\"runId\":\"r1\",\"requestId\":\"prepare\"}");
            case "continue_run" -> {
              connection.send("{\"type\":\"strategy_started\",\"runId\":\"r1\",\"seq\":7}");
              connections.incrementAndGet();
              connection.close(1013);
            }
            case "attach_run" -> {
              if (message.has("afterSeq")) {
                connection.send(COMPLETED);
              }
            }
            default -> {}
          }
        };
    try (FakeDaemon daemon = new FakeDaemon(0, breaking)) {
      assertThat(session(CONTINUE, true, false).run(to(daemon))).isEqualTo(FINE);
      assertThat(connections).hasValue(1);
      assertThat(said(daemon).get(2))
          .isEqualTo(
              "{\"type\":\"attach_run\",\"runId\":\"r1\",\"afterSeq\":7,\"requestId\":\"attach\"}");
      assertThat(terminal.shown()).contains("The connection was lost and is there again.");
    }
  }

  @Test
  void asksAgainWhenTheConnectionTookTheAnswerWithIt() throws Exception {
    terminal.typing("first").typing("again");
    FakeDaemon.Behaviour losing =
        (message, connection) -> {
          switch (type(message)) {
            case "attach_run" -> {
              boolean standing = message.path("requestId").asString().equals("standing");
              if (standing || !message.has("afterSeq")) {
                connection.send(snapshot(message, "running", "\"pending\":[" + INPUT + "]"));
              }
            }
            case "user_input" -> {
              if (message.path("text").asString().equals("first")) {
                connection.close(1013);
              } else {
                connection.send(COMPLETED);
              }
            }
            default -> {}
          }
        };
    try (FakeDaemon daemon = new FakeDaemon(0, losing)) {
      assertThat(session(ATTACH, true, false).run(to(daemon))).isEqualTo(FINE);
      assertThat(said(daemon))
          .containsExactly(
              "{\"type\":\"attach_run\",\"runId\":\"r1\",\"requestId\":\"attach\"}",
              "{\"type\":\"user_input\",\"agentName\":\"you\",\"text\":\"first\",\"runId\":\"r1\"}",
              "{\"type\":\"attach_run\",\"runId\":\"r1\",\"afterSeq\":7,\"requestId\":\"attach\"}",
              "{\"type\":\"attach_run\",\"runId\":\"r1\",\"requestId\":\"standing\"}",
              "{\"type\":\"user_input\",\"agentName\":\"you\",\"text\":\"again\",\"runId\":\"r1\"}");
    }
  }

  @Test
  void givesUpWhenTheConnectionBreaksBeforeAnythingIsHeardOverIt() throws Exception {
    FakeDaemon.Behaviour breaking =
        (message, connection) -> {
          if (!message.has("afterSeq")) {
            connection.send(snapshot("running", "\"pending\":[]"));
          }
          connection.close(1013);
        };
    try (FakeDaemon daemon = new FakeDaemon(0, breaking)) {
      Outcome outcome = session(ATTACH, true, false).run(to(daemon));
      assertThat(outcome).isInstanceOf(Outcome.Lost.class);
      assertThat(outcome.exitCode()).isEqualTo(3);
      assertThat(terminal.shown()).contains("comma run --attach r1");
    }
  }

  private RunSession session(RunRequest request, boolean person, boolean allowsAll) {
    return new RunSession(
        request, Views.terminal(terminal, "comma"), terminal, person, allowsAll, Clock.system());
  }

  private static FakeDaemon.Behaviour open(String request, String answerType) {
    return (message, connection) -> {
      if (type(message).equals("attach_run")) {
        connection.send(snapshot("running", "\"pending\":[" + request + "]"));
      } else if (type(message).equals(answerType)) {
        connection.send(COMPLETED);
      }
    };
  }

  private static String snapshot(String status, String fields) {
    return snapshot(Json.object().put("requestId", "attach"), status, fields);
  }

  private static String snapshot(JsonNode request, String status, String fields) {
    return """
    {"type":"run_snapshot","runId":"r1","requestId":"%s","status":"%s","strategyName":"s",\
    "agents":["a","you"],"flowTree":{},"conversation":{"records":[{},{}]},"lastSeq":7,%s}\
    """
        .formatted(request.path("requestId").asString(), status, fields);
  }
}
