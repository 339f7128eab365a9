package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.fakes.RecordingSink;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.live.RunOutcome;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Strategies that an agent launches inside its run.
class RunLaunchTest {
  private static final ClientId ALICE = new ClientId("alice");
  private static final String TOO_DEEP =
      "Strategies are launched inside each other 8 deep already. Do this step yourself instead of"
          + " launching another one.";

  private final Path folder;
  private final RecordingSink sink = new RecordingSink();
  private final MemoryRunStore store = new MemoryRunStore();
  private final FakeModels models = new FakeModels();
  private final FakeTools tools = new FakeTools();
  private RunId run = new RunId("parent");
  private final RunSystem runs;

  RunLaunchTest(@TempDir Path folder) {
    this.folder = folder;
    this.runs =
        RunSystem.open(
            RunSystemOptions.of(store, models, tools)
                .withSink(sink)
                .withDataFolder(folder.resolve("data")));
  }

  @BeforeEach
  void writeStrategies() throws IOException {
    Files.createDirectories(folder.resolve(".comma/strategies"));
    Files.createDirectories(folder.resolve("data/strategies"));
    write("launcher.yaml", "launcher", "", "fake/launch", "[{agent: a}]");
  }

  @AfterEach
  void shutDown() throws InterruptedException {
    runs.shutdown();
    assertThat(tools.open).hasValue(0);
  }

  @Test
  void tellsWhatAChildSaysUnderItsRunAtThePlaceOfTheLaunch() throws Exception {
    child("child", "fake/echo", "[{agent: a}]");
    RunOutcome outcome = run("{\"name\":\"child\",\"input\":\"hi\"}");

    assertThat(outcome.result().orElseThrow().text()).isEqualTo("heard: Launched \"child\" → hi!");
    assertThat(said("0/launch[c1]/0")).isEqualTo("hi!");
    assertThat(said("0")).isEqualTo("heard: Launched \"child\" → hi!");
    assertThat(sink.kinds(ALICE, run))
        .as("steps of a child are its own affair")
        .containsOnlyOnce("StepStarted", "StepCompleted", "StrategyStarted", "StrategyCompleted");
  }

  @Test
  void keepsTheCallsOfAChildAndRestoresNoneOfThem() throws Exception {
    child("child", "fake/echo", "[{agent: a}, {agent: a}]");
    run("{\"name\":\"child\",\"input\":\"hi\"}");

    List<TimelineEvent.SubAgentCall> calls = subAgentCalls();
    assertThat(calls)
        .extracting(TimelineEvent.SubAgentCall::path)
        .containsExactly("0/launch[c1]/0", "0/launch[c1]/1");
    assertThat(calls).extracting(call -> call.record().text()).containsExactly("hi!", "hi!!");
    assertThat(calls.getFirst().launchId()).isEqualTo(calls.getLast().launchId());
    assertThat(History.of(store.read(run).entries()).records())
        .extracting(CallRecord::text)
        .containsExactly("heard: Launched \"child\" → hi!!");
    assertThat(
            runs.prepareRun(ALICE, PrepareRunOptions.continuing(run.value())).history().records())
        .hasSize(1);
  }

  @Test
  void countsWhatAChildSpendsIntoTheRun() throws Exception {
    child("child", "fake/echo", "[{agent: a}, {agent: a}]");
    run("{\"name\":\"child\",\"input\":\"hi\"}");

    assertThat(sink.to(ALICE, run).getLast().message())
        .isInstanceOfSatisfying(
            RunMessage.StrategyCompleted.class,
            completed -> assertThat(completed.usage()).isEqualTo(new Usage(4 * 3, 4 * 2)));
  }

  @Test
  void overridesTheModelsOfAChild() throws Exception {
    child("child", "fake/fail", "[{agent: a}]");
    RunOutcome outcome =
        run("{\"name\":\"child\",\"input\":\"hi\",\"modelOverride\":\"fake/count\"}");
    assertThat(outcome.result().orElseThrow().text())
        .isEqualTo("heard: Launched \"child\" → seen 1");
  }

  @Test
  void launchesEightDeepAndNotNine() throws Exception {
    String arguments = "{\"name\":\"echo\",\"input\":\"deepest\"}";
    child("echo", "fake/echo", "[{agent: a}]");
    child("again", "fake/launch", "[{agent: a}]");
    String eight = nested(arguments, 7);
    String nine = nested(arguments, 8);

    assertThat(run(eight).result().orElseThrow().text()).endsWith("→ deepest!");
    assertThat(subAgentCalls()).hasSize(8);
    run = new RunId("too-deep");
    RunOutcome outcome = run(nine);
    assertThat(outcome.end()).isEqualTo(RunState.Finished.completed());
    assertThat(outcome.result().orElseThrow().text()).endsWith("→ heard: " + TOO_DEEP);
    assertThat(subAgentCalls()).hasSize(8);
  }

  @Test
  void saysThatThereIsNoSuchStrategy() throws Exception {
    assertThat(run("{\"name\":\"nope\",\"input\":\"\"}").result().orElseThrow().text())
        .isEqualTo(
            "heard: There is no strategy named \"nope\". There is none at all in this folder.");
    child("child", "fake/echo", "[{agent: a}]");
    run = new RunId("second");
    assertThat(run("{\"name\":\"nope\",\"input\":\"\"}").result().orElseThrow().text())
        .isEqualTo(
            "heard: There is no strategy named \"nope\". Call list_strategy to see the names there"
                + " are.");
    assertThat(subAgentCalls()).isEmpty();
  }

  @Test
  void goesOnWhenAChildFails() throws Exception {
    child("child", "fake/fail", "[{agent: a}]");
    RunOutcome outcome = run("{\"name\":\"child\",\"input\":\"hi\"}");

    assertThat(outcome.end()).isEqualTo(RunState.Finished.completed());
    assertThat(outcome.result().orElseThrow().text()).contains("no such thing");
    assertThat(events())
        .filteredOn(TimelineEvent.ToolResult.class::isInstance)
        .singleElement()
        .asString()
        .contains("Failed");
  }

  @Test
  void stopsAChildWithItsRun() throws Exception {
    child("child", "fake/hang", "[{agent: a}]");
    start("launcher", "{\"name\":\"child\",\"input\":\"hi\"}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> said("0/launch[c1]/0").equals("so far"));

    runs.stopRun(run.value());

    assertThat(models.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(runs.await(run.value()).orElseThrow().end().status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(History.of(store.read(run).entries()).partials())
        .extracting(TimelineEvent.Partial::path, TimelineEvent.Partial::text)
        .contains(tuple("0/launch[c1]/0", "so far"));
  }

  @Test
  void givesTheLaunchInputToAUserAgentAndAsksForTheRest() throws Exception {
    child("child", "fake/echo", "[{agent: user}, {agent: a}, {agent: user}, {agent: a}]");
    start("launcher", "{\"name\":\"child\",\"input\":\"hi\"}");

    assertThat(sink.await(ALICE, run, RunMessage.InputRequested.class::isInstance))
        .isEqualTo(new RunMessage.InputRequested("user", "0/launch[c1]/2", ""));
    assertThat(said("0/launch[c1]/1")).isEqualTo("hi!");
    assertThat(runs.actions().resolveInput(ALICE, run.value(), "user", "more")).isTrue();
    assertThat(runs.await(run.value()).orElseThrow().result().orElseThrow().text())
        .isEqualTo("heard: Launched \"child\" → more!");
  }

  @Test
  void listsWhatCanBeLaunched() throws Exception {
    write("lister.yaml", "lister", "", "fake/list", "[{agent: a}]");
    assertThat(list("l0"))
        .isEqualTo("heard: There are no strategies in this folder. Do the work yourself.");
    write(".comma/strategies/b.yaml", "b", "", "fake/echo", "[{agent: a}]");
    assertThat(list("l1")).isEqualTo("heard: 1 strategy\n- b");
    write("data/strategies/a.yaml", "a", "description: Reviews code.", "fake/echo", "[{agent: a}]");
    assertThat(list("l2")).isEqualTo("heard: 2 strategies\n- b\n- a: Reviews code.");
  }

  @Test
  void derivesAnIdForTheToolsOfAChildFromThatOfTheRun() throws Exception {
    child("echo", "fake/echo", "[{agent: a}]");
    child("again", "fake/launch", "[{agent: a}]");
    String arguments = nested("{\"name\":\"echo\",\"input\":\"x\"}", 1);
    run(arguments);
    assertThat(childIds()).hasSize(2).allSatisfy(id -> assertThat(id).matches("parent:[^:]+"));

    tools.scopes.clear();
    run = new RunId("p".repeat(RunId.MAX_LENGTH));
    run(arguments);
    assertThat(childIds())
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id).hasSize(RunId.MAX_LENGTH).matches("p+:[^:]+"));
  }

  /// The ids that the tools of launched strategies were given.
  private List<String> childIds() {
    return tools.scopes.stream().skip(1).map(ToolScope::runId).map(RunId::value).toList();
  }

  /// Arguments that launch `again`, so many times inside each other, around the innermost ones.
  private static String nested(String innermost, int times) {
    String arguments = innermost;
    for (int i = 0; i < times; i++) {
      arguments =
          new String(
              Json.writeBytes(Json.object().put("name", "again").put("input", arguments)),
              StandardCharsets.UTF_8);
    }
    return arguments;
  }

  private String list(String runId) throws InterruptedException {
    run = new RunId(runId);
    start("lister", "");
    return runs.await(run.value()).orElseThrow().result().orElseThrow().text();
  }

  private RunOutcome run(String arguments) throws InterruptedException {
    start("launcher", arguments);
    return runs.await(run.value()).orElseThrow();
  }

  private void start(String strategy, String input) throws InterruptedException {
    runs.prepareRun(
        ALICE,
        new PrepareRunOptions(
            Optional.of(run.value()),
            Optional.of(folder.resolve(strategy + ".yaml").toString()),
            Optional.empty(),
            Optional.of(folder.toString()),
            Optional.empty()));
    runs.startRun(ALICE, run.value(), Optional.of(input), Optional.empty());
  }

  private void child(String name, String model, String steps) throws IOException {
    write(".comma/strategies/" + name + ".yaml", name, "", model, steps);
  }

  private void write(String file, String name, String more, String model, String steps)
      throws IOException {
    Files.writeString(
        folder.resolve(file),
        """
        name: %s
        version: "1"
        %s
        agents:
          user: { type: user }
          a: { model: %s, tools: [launch_strategy, list_strategy] }
        flow: { type: sequential, name: main, steps: %s }
        """
            .formatted(name, more, model, steps));
  }

  private List<TimelineEvent> events() {
    return store.read(run).entries().stream().map(TimelineEntry::event).toList();
  }

  private List<TimelineEvent.SubAgentCall> subAgentCalls() {
    return events().stream()
        .filter(TimelineEvent.SubAgentCall.class::isInstance)
        .map(TimelineEvent.SubAgentCall.class::cast)
        .toList();
  }

  /// All text that was streamed at a place.
  private String said(String path) {
    StringBuilder text = new StringBuilder();
    for (PublishedMessage told : sink.to(ALICE, run)) {
      if (told.message() instanceof RunMessage.AgentStreaming(var speaker, var event)
          && speaker.path().equals(path)
          && event instanceof StreamEvent.Text(var piece)) {
        text.append(piece);
      }
    }
    return text.toString();
  }
}
