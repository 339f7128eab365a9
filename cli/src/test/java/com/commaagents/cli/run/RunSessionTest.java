package com.commaagents.cli.run;

import static com.commaagents.cli.run.Talk.said;
import static com.commaagents.cli.run.Talk.to;
import static com.commaagents.cli.run.Talk.type;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.testing.FakeDaemon;
import com.commaagents.cli.testing.FakeTerminal;
import java.util.OptionalDouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class RunSessionTest {
  private static final Path STRATEGY = Path.of("/work/strategy.yaml");
  private static final String PREPARED =
      "{\"type\":\"run_prepared\",\"runId\":\"r1\",\"requestId\":\"prepare\"}";
  private static final String COMPLETED =
      "{\"type\":\"strategy_completed\",\"runId\":\"r1\",\"result\":\"fine\","
          + "\"usage\":{\"promptTokens\":3,\"completionTokens\":4}}";
  private static final String CANCELLED =
      "{\"type\":\"strategy_error\",\"runId\":\"r1\",\"error\":{\"code\":\"CANCELLED\","
          + "\"message\":\"Run cancelled by client\"}}";
  private static final String PERMISSION =
      "{\"type\":\"request_permission\",\"runId\":\"r1\",\"requestId\":\"p1\",\"agentName\":\"a\","
          + "\"toolName\":\"write_file\",\"operation\":\"fs.write\",\"resource\":\"/etc/x\","
          + "\"reason\":\"policy-ask\"}";
  private static final String INPUT =
      "{\"type\":\"request_input\",\"runId\":\"r1\",\"agentName\":\"you\",\"prompt\":\"Go on?\"}";
  private static final String QUESTION =
      "{\"type\":\"request_question\",\"runId\":\"r1\",\"requestId\":\"q1\",\"agentName\":\"a\","
          + "\"toolName\":\"ask_question\",\"question\":\"Which?\"}";
  private static final RunRequest NEW_RUN =
      new RunRequest(
          RunRequest.Verb.START,
          Optional.of(STRATEGY),
          Optional.empty(),
          Path.of("/work"),
          Optional.of("scripted/default"),
          Optional.of("hello"),
          Json.object());

  private final FakeTerminal terminal = new FakeTerminal();
  private final RecordingView view = new RecordingView();

  private static final class RecordingView implements EventView {
    final List<String> shown = new ArrayList<>();

    @Override
    public void show(JsonNode message) {
      shown.add(Json.text(message, "type").orElse(""));
    }

    @Override
    public void note(String sentence) {
      shown.add("note: " + sentence);
    }

    @Override
    public void pause() {}

    @Override
    public void end(Outcome outcome) {
      shown.add(outcome.toString());
    }
  }

  @Test
  void preparesStartsAndFollowsARunToItsEnd() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon(0, answering("start_run", COMPLETED))) {
      Outcome outcome = session(NEW_RUN, true, false).run(to(daemon));
      assertThat(outcome)
          .isEqualTo(new Outcome.Completed("r1", "fine", 3, 4, OptionalDouble.empty()));
      assertThat(outcome.exitCode()).isZero();
      assertThat(said(daemon))
          .containsExactly(
              "{\"type\":\"prepare_run\",\"strategyPath\":\"/work/strategy.yaml\","
                  + "\"modelOverride\":\"scripted/default\",\"cwd\":\"/work\",\"requestId\":\"prepare\"}",
              "{\"type\":\"start_run\",\"runId\":\"r1\",\"input\":\"hello\",\"requestId\":\"start\"}");
      assertThat(view.shown)
          .containsExactly("run_prepared", "strategy_completed", outcome.toString());
    }
  }

  @Test
  void followsAPreparedRunFromItsLastNumberOnToSeeMoreOfIt() throws Exception {
    FakeDaemon.Behaviour numbering =
        (message, connection) -> {
          switch (type(message)) {
            case "prepare_run" ->
                connection.send(
                    "{\"type\":\"run_prepared\",\"runId\":\"r1\",\"lastSeq\":7,"
                        + "\"requestId\":\"prepare\"}");
            case "start_run" -> connection.send(COMPLETED);
            default -> {}
          }
        };
    try (FakeDaemon daemon = new FakeDaemon(0, numbering)) {
      session(NEW_RUN, true, false).run(to(daemon));
      assertThat(said(daemon).subList(1, 3))
          .containsExactly(
              "{\"type\":\"subscribe\",\"runId\":\"r1\",\"afterSeq\":7}",
              "{\"type\":\"start_run\",\"runId\":\"r1\",\"input\":\"hello\",\"requestId\":\"start\"}");
    }
  }

  @Test
  void resumesAnInterruptedRunWithoutPreparingIt() throws Exception {
    RunRequest request =
        new RunRequest(
            RunRequest.Verb.RESUME,
            Optional.empty(),
            Optional.of("r1"),
            Path.of("/work"),
            Optional.empty(),
            Optional.empty(),
            Json.object());
    try (FakeDaemon daemon = new FakeDaemon(0, answering("resume_run", COMPLETED))) {
      Outcome outcome = session(request, true, false).run(to(daemon));
      assertThat(outcome)
          .isEqualTo(new Outcome.Completed("r1", "fine", 3, 4, OptionalDouble.empty()));
      assertThat(said(daemon))
          .containsExactly("{\"type\":\"resume_run\",\"runId\":\"r1\",\"requestId\":\"start\"}");
    }
  }

  @Test
  void continuesAFinishedRunWithoutNamingItsStrategyAgain() throws Exception {
    RunRequest request =
        new RunRequest(
            RunRequest.Verb.CONTINUE,
            Optional.empty(),
            Optional.of("r1"),
            Path.of("/work"),
            Optional.empty(),
            Optional.of("more"),
            Json.object());
    try (FakeDaemon daemon = new FakeDaemon(0, answering("continue_run", COMPLETED))) {
      session(request, true, false).run(to(daemon));
      assertThat(said(daemon))
          .containsExactly(
              "{\"type\":\"prepare_run\",\"runId\":\"r1\",\"requestId\":\"prepare\"}",
              "{\"type\":\"continue_run\",\"runId\":\"r1\",\"input\":\"more\",\"requestId\":\"start\"}");
    }
  }

  @Test
  void failsWithTheDaemonsWordsWhenTheRunCannotBePrepared() throws Exception {
    FakeDaemon.Behaviour refusing =
        (_, connection) ->
            connection.send(
                "{\"type\":\"error\",\"code\":\"PREPARE_FAILED\",\"message\":\"line 3\\nline 9\","
                    + "\"requestId\":\"prepare\"}");
    try (FakeDaemon daemon = new FakeDaemon(0, refusing)) {
      Outcome outcome = session(NEW_RUN, true, false).run(to(daemon));
      assertThat(outcome).isEqualTo(new Outcome.Failed("PREPARE_FAILED", "line 3\nline 9"));
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void isLostWhenTheDaemonStops() throws Exception {
    FakeDaemon.Behaviour leaving = (_, connection) -> connection.close(1001);
    try (FakeDaemon daemon = new FakeDaemon(0, leaving)) {
      Outcome outcome = session(NEW_RUN, true, false).run(to(daemon));
      assertThat(outcome).isEqualTo(new Outcome.Lost("The daemon has been stopped."));
      assertThat(outcome.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void asksThePersonUntilTheAnswerMakesSenseAndHoldsBackWhatHappensMeanwhile() throws Exception {
    terminal.typing("perhaps").typing("s");
    FakeDaemon.Behaviour behaviour =
        (message, connection) -> {
          switch (type(message)) {
            case "prepare_run" -> connection.send(PREPARED);
            case "start_run" -> {
              connection.send(PERMISSION);
              connection.send("{\"type\":\"agent_streaming\"}");
            }
            case "permission_decision" -> connection.send(COMPLETED);
            default -> {}
          }
        };
    try (FakeDaemon daemon = new FakeDaemon(0, behaviour)) {
      session(NEW_RUN, true, false).run(to(daemon));
      assertThat(said(daemon))
          .endsWith(
              "{\"type\":\"permission_decision\",\"permissionRequestId\":\"p1\","
                  + "\"decision\":\"allow-session\",\"runId\":\"r1\"}");
      String prompt =
          "? a wants to write /etc/x (write_file)\n"
              + "  [y] allow  [s] allow in this run  [n] deny  [d] deny in this run > ";
      assertThat(terminal.shown()).isEqualTo(prompt + prompt);
      assertThat(view.shown)
          .startsWith("run_prepared", "request_permission")
          .contains("agent_streaming", "strategy_completed");
    }
  }

  @Test
  void sendsWhatThePersonTypesToInputAndQuestion() throws Exception {
    terminal.typing("yes, go on").typing("the left one");
    FakeDaemon.Behaviour behaviour =
        (message, connection) -> {
          switch (type(message)) {
            case "prepare_run" -> connection.send(PREPARED);
            case "start_run" -> {
              connection.send(INPUT);
              connection.send(QUESTION);
            }
            case "question_response" -> connection.send(COMPLETED);
            default -> {}
          }
        };
    try (FakeDaemon daemon = new FakeDaemon(0, behaviour)) {
      session(NEW_RUN, true, false).run(to(daemon));
      assertThat(said(daemon).subList(2, 4))
          .containsExactly(
              "{\"type\":\"user_input\",\"agentName\":\"you\",\"text\":\"yes, go"
                  + " on\",\"runId\":\"r1\"}",
              "{\"type\":\"question_response\",\"questionRequestId\":\"q1\","
                  + "\"response\":\"the left one\",\"runId\":\"r1\"}");
    }
  }

  @Test
  void deniesAndSaysSoWhenNobodySitsAtTheTerminal() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon(0, asking(PERMISSION, "permission_decision"))) {
      session(NEW_RUN, false, false).run(to(daemon));
      assertThat(said(daemon).getLast()).contains("\"decision\":\"deny\"");
      assertThat(view.shown)
          .contains(
              "note: Denied, nobody to ask (--yes allows): a wants to write /etc/x (write_file)");
    }
  }

  @Test
  void allowsAllWhenToldTo() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon(0, asking(PERMISSION, "permission_decision"))) {
      session(NEW_RUN, true, true).run(to(daemon));
      assertThat(said(daemon).getLast()).contains("\"decision\":\"allow\"");
    }
  }

  @Test
  void letsTheAgentDecideAQuestionThatNobodyCanAnswer() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon(0, asking(QUESTION, "question_response"))) {
      session(NEW_RUN, false, false).run(to(daemon));
      assertThat(said(daemon).getLast()).contains("Decide yourself");
    }
  }

  @Test
  void stopsARunThatWantsInputWhenNobodyIsThere() throws Exception {
    terminal.leaving();
    for (boolean person : new boolean[] {true, false}) {
      FakeDaemon.Behaviour behaviour =
          (message, connection) -> {
            switch (type(message)) {
              case "prepare_run" -> connection.send(PREPARED);
              case "start_run" -> connection.send(INPUT);
              case "stop_run" -> connection.send(CANCELLED);
              default -> {}
            }
          };
      try (FakeDaemon daemon = new FakeDaemon(0, behaviour)) {
        Outcome outcome = session(NEW_RUN, person, false).run(to(daemon));
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.toString()).contains("The agent you asks for input");
      }
    }
  }

  @Test
  void stopsTheRunOnCtrlCAndWaitsForItsEnd() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    FakeDaemon.Behaviour behaviour =
        (message, connection) -> {
          switch (type(message)) {
            case "prepare_run" -> connection.send(PREPARED);
            case "start_run" -> started.countDown();
            case "stop_run" -> connection.send(CANCELLED);
            default -> {}
          }
        };
    try (FakeDaemon daemon = new FakeDaemon(0, behaviour)) {
      RunSession session = session(NEW_RUN, true, false);
      Thread.ofVirtual()
          .start(() -> {
            try {
              started.await();
              session.interrupt();
            } catch (InterruptedException over) {
              Thread.currentThread().interrupt();
            }
          });
      Outcome outcome = session.run(to(daemon));
      assertThat(outcome).isEqualTo(new Outcome.Stopped(true));
      assertThat(outcome.exitCode()).isEqualTo(130);
    }
  }

  @Test
  void tellsAStopByAnotherClientFromOneOfItsOwn() throws Exception {
    try (FakeDaemon daemon = new FakeDaemon(0, answering("start_run", CANCELLED))) {
      assertThat(session(NEW_RUN, true, false).run(to(daemon)))
          .isEqualTo(new Outcome.Stopped(false));
    }
  }

  @Test
  void goesOnWhenAnAnswerCameTooLate() throws Exception {
    FakeDaemon.Behaviour behaviour =
        (message, connection) -> {
          switch (type(message)) {
            case "prepare_run" -> connection.send(PREPARED);
            case "start_run" -> connection.send(QUESTION);
            case "question_response" -> {
              connection.send(
                  "{\"type\":\"error\",\"code\":\"NO_PENDING_QUESTION\",\"message\":\"late\"}");
              connection.send(COMPLETED);
            }
            default -> {}
          }
        };
    try (FakeDaemon daemon = new FakeDaemon(0, behaviour)) {
      assertThat(session(NEW_RUN, false, false).run(to(daemon)))
          .isInstanceOf(Outcome.Completed.class);
    }
  }

  private RunSession session(RunRequest request, boolean person, boolean allowsAll) {
    return new RunSession(request, view, terminal, person, allowsAll, Clock.system());
  }

  private static FakeDaemon.Behaviour answering(String type, String answer) {
    return (message, connection) -> {
      if (type(message).equals("prepare_run")) {
        connection.send(PREPARED);
      } else if (type(message).equals(type)) {
        connection.send(answer);
      }
    };
  }

  private static FakeDaemon.Behaviour asking(String request, String answerType) {
    return (message, connection) -> {
      switch (type(message)) {
        case "prepare_run" -> connection.send(PREPARED);
        case "start_run" -> connection.send(request);
        default -> finishOn(answerType, message, connection);
      }
    };
  }

  private static void finishOn(
      String answerType, JsonNode message, FakeDaemon.Connection connection) throws IOException {
    if (type(message).equals(answerType)) {
      connection.send(COMPLETED);
    }
  }
}
