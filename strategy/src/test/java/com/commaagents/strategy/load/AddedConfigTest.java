package com.commaagents.strategy.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.AgentDefinition.Equipment;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import com.commaagents.strategy.load.AddedTypes.AddedType;
import com.commaagents.strategy.load.ConfigCheck.Mistake;
import com.commaagents.strategy.load.LoadResult.Loaded;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.OptionalInt;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AddedConfigTest {
  @TempDir Path folder;
  private LoadFixture fixture;

  @BeforeEach
  void open() {
    fixture = new LoadFixture(folder);
  }

  @Test
  void tellsWhereAMistakeIs() {
    assertThat(
            problems(
                strategy("{ list: [1, { deep: no }], last: 1 }", "{ many: 2 }"),
                mistake("list", "1", "deep"),
                mistake("last"),
                mistake("missing"),
                mistake("list", "1", "missing"),
                mistake()))
        .containsExactly(
            "s:4:28: agents.a.config.missing: no",
            "s:4:28: agents.a.config: no",
            "s:4:40: agents.a.config.list[1].missing: no",
            "s:4:48: agents.a.config.list[1].deep: no",
            "s:4:61: agents.a.config.last: no");
  }

  @Test
  void tellsOfFlowsToo() {
    ConfigCheck check = _ -> List.of(new Mistake(List.of("many"), "too few"));
    assertThat(
            fixture.problems(
                strategy("{}", "{ many: 1 }"),
                request(AddedType.UNCHECKED, new AddedType(false, check))))
        .containsExactly("s:5:70: flow.config.many: too few");
  }

  @Test
  void tellsOfAMissingConfigWhereItsAgentIs() {
    String strategy =
        """
        name: n
        version: v
        agents:
          a: { type: echo }
        flow: { type: sequential, name: f, steps: [{ agent: a }] }
        """;
    assertThat(problems(strategy, mistake("unit"))).containsExactly("s:4:6: agents.a.config: no");
  }

  @Test
  void readsTheEquipmentOfATypeThatUsesIt() {
    String strategy =
        strategy(
            "{ model: m/x, tools: [read_file], mcpServers: [search], skills: [style], modelOptions:"
                + " { temperature: 0, maxRetries: 1 }, providerOptions: { m: { deep: true } }, own:"
                + " 1 }",
            "{}");

    assertThat(agent(strategy, new AddedType(true, ConfigCheck.NONE)).equipment())
        .isEqualTo(
            new Equipment(
                Optional.of("m/x"),
                List.of("read_file"),
                List.of("search"),
                List.of("style"),
                Map.of("m", Json.parse("{\"deep\":true}").orElseThrow()),
                new ModelOptions(
                    OptionalDouble.of(0),
                    OptionalDouble.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.of(1),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalLong.empty())));
    assertThat(agent(strategy, AddedType.UNCHECKED).equipment()).isEqualTo(Equipment.NONE);
  }

  @Test
  void refusesEquipmentThatIsNone() {
    assertThat(
            fixture.problems(
                strategy(
                    "{ model: 1, tools: [reed_file], mcpServers: [serch], skills: [stile],"
                        + " modelOptions: { temp: 1 }, providerOptions: { m: 1 } }",
                    "{}"),
                request(new AddedType(true, ConfigCheck.NONE), AddedType.UNCHECKED)))
        .containsExactly(
            "s:4:37: agents.a.config.model: expected text, found a number; put it in quotes",
            "s:4:48: agents.a.config.tools[0]: unknown tool \"reed_file\"; did you mean"
                + " \"read_file\"?",
            "s:4:73: agents.a.config.mcpServers[0]: unknown MCP server \"serch\"; did you mean"
                + " \"search\"?",
            "s:4:90: agents.a.config.skills[0]: unknown skill \"stile\"; did you mean \"style\"?",
            "s:4:114: agents.a.config.modelOptions.temp: unknown field; expected one of"
                + " frequencyPenalty, maxOutputTokens, maxRetries, presencePenalty, seed,"
                + " temperature, topK, topP",
            "s:4:147: agents.a.config.providerOptions.m: expected an object, found a number");
  }

  private AgentDefinition.Custom agent(String yaml, AddedType type) {
    LoadResult result =
        new StrategyLoader()
            .check(fixture.write("s.yaml", yaml), request(type, AddedType.UNCHECKED));
    return (AgentDefinition.Custom)
        Objects.requireNonNull(((Loaded) result).strategy().agents().get("a"));
  }

  private List<String> problems(String yaml, Mistake... mistakes) {
    ConfigCheck check = _ -> List.of(mistakes);
    return fixture.problems(yaml, request(new AddedType(false, check), AddedType.UNCHECKED));
  }

  private static Mistake mistake(String... place) {
    return new Mistake(List.of(place), "no");
  }

  private static LoadRequest request(AddedType echo, AddedType relay) {
    Available known = LoadFixture.AVAILABLE;
    return new LoadRequest(
        false,
        new Available(
            known.tools(),
            new AddedTypes.Known(Map.of("echo", echo)),
            new AddedTypes.Known(Map.of("relay", relay)),
            known.skills(),
            known.mcpServers(),
            known.mcpPrograms(),
            known.templates(),
            known.outputSchemas()));
  }

  private static String strategy(String agentConfig, String flowConfig) {
    return """
    name: n
    version: v
    agents:
      a: { type: echo, config: %s }
    flow: { type: relay, name: f, steps: [{ agent: a }], config: %s }
    """
        .formatted(agentConfig, flowConfig);
  }
}
