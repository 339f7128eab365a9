package com.commaagents.strategy.load;

import static com.commaagents.strategy.load.LoadFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.AgentDefinition.Compaction;
import com.commaagents.strategy.definition.AgentDefinition.Equipment;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import com.commaagents.strategy.definition.AgentDefinition.Retention;
import com.commaagents.strategy.definition.AgentDefinition.SystemPrompt;
import com.commaagents.strategy.definition.FlowDefinition;
import com.commaagents.strategy.definition.FlowDefinition.Broadcast;
import com.commaagents.strategy.definition.FlowDefinition.Cycle;
import com.commaagents.strategy.definition.FlowDefinition.Sequential;
import com.commaagents.strategy.definition.FlowDefinition.SignalMatch;
import com.commaagents.strategy.definition.FlowDefinition.Step;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.source.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StrategyLoaderTest {
  @TempDir private Path folder;
  private LoadFixture fixture;

  @BeforeEach
  void open() {
    fixture = new LoadFixture(folder);
  }

  @Test
  void readsTheSmallestStrategy() {
    JsonNode flowTree =
        json("{\"type\":\"sequential\",\"name\":\"f\",\"steps\":[{\"agent\":\"a\"}]}");
    assertThat(fixture.load("small.jsonc", resource("small.jsonc")))
        .isEqualTo(
            new Strategy(
                folder.resolve("small.jsonc"),
                "small",
                "1",
                Optional.empty(),
                Map.of(
                    "a",
                    new AgentDefinition.Llm(
                        Optional.empty(),
                        new Equipment(
                            Optional.of("x/y"),
                            List.of(),
                            List.of(),
                            List.of(),
                            Map.of(),
                            ModelOptions.NONE),
                        new SystemPrompt.None(),
                        Optional.empty(),
                        Retention.DEFAULT,
                        AgentDefinition.DEFAULT_MAX_STEPS)),
                Map.of(),
                new Sequential("f", Optional.empty(), List.of(step("a"))),
                flowTree));
  }

  @Test
  void readsEveryFieldOfAnLlmAgent() {
    assertThat(complete().agents().get("writer"))
        .isEqualTo(
            new AgentDefinition.Llm(
                Optional.of("writes"),
                new Equipment(
                    Optional.of("openai/gpt-5"),
                    List.of("read_file", "write_file"),
                    List.of("files", "search"),
                    List.of("style"),
                    Map.of("openai", json("{\"store\":false}")),
                    new ModelOptions(
                        OptionalDouble.of(0.5),
                        OptionalDouble.of(1),
                        OptionalInt.of(40),
                        OptionalInt.of(1000),
                        OptionalInt.of(0),
                        OptionalDouble.of(-0.5),
                        OptionalDouble.of(2),
                        OptionalLong.of(9007199254740993L))),
                new SystemPrompt.Text("You write."),
                Optional.of(json("{\"type\":\"object\"}")),
                new Retention(OptionalInt.of(12), new Compaction(true, 3, OptionalInt.of(20))),
                7));
  }

  @Test
  void readsTheOtherKindsOfAgents() {
    Map<String, AgentDefinition> agents = complete().agents();
    assertThat(agents.keySet()).containsExactly("person", "writer", "critic", "robot");
    assertThat(agents.get("person"))
        .isEqualTo(new AgentDefinition.User(Optional.of("asks"), false, Optional.of("Go on?")));
    assertThat(agents.get("robot"))
        .isEqualTo(
            new AgentDefinition.Custom(
                "echo", Optional.of("repeats"), json("{\"loud\":true}"), Equipment.NONE));
    assertThat(agents.get("critic"))
        .isInstanceOfSatisfying(
            AgentDefinition.Llm.class,
            critic -> {
              assertThat(critic.retention())
                  .isEqualTo(new Retention(OptionalInt.of(4), Compaction.OFF));
              assertThat(critic.systemPrompt())
                  .isEqualTo(
                      new SystemPrompt.Template(
                          "You judge {{ what }}.",
                          Map.of(
                              "what", json("\"text\""),
                              "strict", json("true"),
                              "limit", json("3"),
                              "words", json("[\"a\",\"b\"]"),
                              "names", json("{\"x\":\"y\"}"))));
            });
  }

  @Test
  void readsEveryKindOfFlow() {
    assertThat(complete().flow())
        .isEqualTo(
            new Sequential(
                "outer",
                Optional.of("everything"),
                List.of(
                    new Step.Agent("person", Optional.of("opens")),
                    flow(
                        new Cycle(
                            "loop",
                            Optional.empty(),
                            List.of(step("writer")),
                            OptionalInt.empty(),
                            Optional.of("critic"),
                            List.of("good"),
                            SignalMatch.ANY_LINE)),
                    flow(
                        new Broadcast(
                            "fan", Optional.empty(), List.of(step("writer"), step("robot")), "--")),
                    flow(
                        new FlowDefinition.Custom(
                            "relay",
                            "own",
                            Optional.empty(),
                            List.of(step("robot")),
                            json("{\"hops\":2}"))),
                    flow(
                        new Cycle(
                            "short",
                            Optional.empty(),
                            List.of(step("robot")),
                            OptionalInt.of(1),
                            Optional.empty(),
                            List.of("end cycle", "stop", "done"),
                            SignalMatch.SUBSTRING)),
                    flow(
                        new Broadcast(
                            "plain", Optional.empty(), List.of(step("robot")), "\n\n")))));
  }

  @Test
  void keepsTheFlowAndTheServersAsWritten() {
    Strategy strategy = complete();
    assertThat(strategy.flowTree().propertyNames())
        .containsExactly("type", "name", "description", "steps");
    assertThat(strategy.flowTree().path("steps").path(1).toString())
        .isEqualTo(
            "{\"type\":\"cycle\",\"name\":\"loop\",\"cycles\":\"Infinity\",\"observer\":\"critic\","
                + "\"breakCycleSignals\":[\"good\"],\"breakCycleSignalMatch\":\"any-line\","
                + "\"steps\":[{\"agent\":\"writer\"}]}");
    assertThat(strategy.mcpServers().keySet()).containsExactly("files", "web", "feed");
    assertThat(strategy.mcpServers().get("web"))
        .isEqualTo(
            json(
                "{\"transport\":\"http\",\"url\":{\"env\":\"WEB_URL\"},"
                    + "\"headers\":{\"Authorization\":{\"env\":\"WEB_TOKEN\"}},"
                    + "\"enabledByDefault\":false}"));
  }

  @Test
  void readsTheSameStrategyFromJson() {
    Strategy yaml = complete();
    String json =
        "{\"name\":\"complete\",\"version\":\"1.0\",\"agents\":{\"a\":{\"model\":\"x/y\"}},\"flow\":"
            + "{\"type\":\"cycle\",\"name\":\"f\",\"cycles\":2,\"steps\":[{\"agent\":\"a\"}]}}";
    Strategy asJson = fixture.load("c.json", json);
    Strategy asYaml = fixture.load("c.yaml", json);
    assertThat(asJson.flow()).isEqualTo(asYaml.flow());
    assertThat(asJson.flowTree()).isEqualTo(asYaml.flowTree());
    assertThat(asJson.agents()).isEqualTo(asYaml.agents());
    assertThat(asJson.name()).isEqualTo(yaml.name());
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    Path file = fixture.write("mistakes.yaml", resource("mistakes.yaml"));
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> new StrategyLoader().load(file, LoadFixture.REQUEST))
        .satisfies(fault -> {
          assertThat(fault.code()).isEqualTo(FaultCode.INVALID_INPUT);
          assertThat(fault.message() + "\n")
              .isEqualTo(resource("mistakes.txt").replace("FOLDER", folder.toString()));
        });
  }

  @Test
  void givesTheProblemsAsValues() {
    assertThat(fixture.check("s.yaml", resource("mistakes.yaml")))
        .isInstanceOfSatisfying(
            LoadResult.Rejected.class,
            rejected ->
                assertThat(rejected.problems().getFirst())
                    .isEqualTo(
                        new Problem(
                            new Position(2, 10),
                            "version",
                            "expected text, found a number; put it in quotes")));
  }

  @Test
  void needsNoModelWhereTheRunOverridesIt() {
    String text =
        "{name: n, version: v, agents: {a: {}}, flow: {type: sequential, name: f, steps: [{agent:"
            + " a}]}}";
    assertThat(fixture.problems(text))
        .containsExactly(
            "s:1:35: agents.a.model: missing; expected provider/model, or a run with a model"
                + " override");
    assertThat(fixture.problems(text, new LoadRequest(true, LoadFixture.AVAILABLE))).isEmpty();
  }

  @Test
  void takesEveryNameWhereNothingIsKnown() {
    String text =
        """
        name: n
        version: v
        agents:
          a: { tools: [any], skills: [any], mcpServers: [any] }
          b: { type: any }
        flow: { type: any, name: f, steps: [{ agent: a }] }
        """;
    assertThat(fixture.problems(text, LoadRequest.FILE_ONLY)).isEmpty();
    assertThat(fixture.problems(text)).hasSize(6);
  }

  private Strategy complete() {
    return fixture.load("complete.yaml", resource("complete.yaml"));
  }

  private static Step step(String agent) {
    return new Step.Agent(agent, Optional.empty());
  }

  private static Step flow(FlowDefinition flow) {
    return new Step.Flow(flow);
  }

  private static JsonNode json(String text) {
    return Json.parse(text).orElseThrow();
  }
}
