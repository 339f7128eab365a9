package com.commaagents.runs.extension;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.json.Json;
import com.commaagents.engine.plugin.AgentType;
import com.commaagents.engine.plugin.FlowType;
import com.commaagents.engine.plugin.Types;
import com.commaagents.runs.Extensions;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.store.MemoryRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A strategy is held to the schemas of the types that it names when it is loaded.
final class AddedTypesTest {
  private static final String SCHEMA =
      """
      {"type":"object","required":["unit"],"additionalProperties":false,
       "properties":{"unit":{"enum":["words"]},"most":{"type":"integer"}}}\
      """;

  @TempDir Path folder;

  private record Counter(Optional<JsonNode> configSchema) implements AgentType {
    @Override
    public String name() {
      return "counter";
    }

    @Override
    public String answer(AgentType.Call call) {
      return "";
    }
  }

  private record Race(Optional<JsonNode> configSchema) implements FlowType {
    @Override
    public String name() {
      return "race";
    }

    @Override
    public String run(FlowType.Call call) {
      return "";
    }
  }

  @Test
  void refusesAConfigThatDoesNotFitAndSaysWhere() throws IOException {
    Path file = strategy("{ unit: letters, most: many, extra: s3cret }", "{ most: 1 }");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> prepare(file, SCHEMA))
        .withMessage(
            """
            Strategy validation failed: %1$s has 4 problems
              - %2$s:7:13: agents.c.config.unit: agent type counter refuses it: does not have a value \
            in the enumeration ["words"]
              - %2$s:8:13: agents.c.config.most: agent type counter refuses it: string found, integer \
            expected
              - %2$s:9:14: agents.c.config.extra: agent type counter refuses it: property 'extra' is \
            not defined in the schema and the schema does not allow additional properties
              - %2$s:15:11: flow.config.unit: flow type race refuses it: required property 'unit' not \
            found\
            """
                .formatted(file, file.getFileName()));
  }

  @Test
  void takesAConfigThatFits() throws IOException {
    Path file = strategy("{ unit: words }", "{ unit: words }");

    assertThatCode(() -> prepare(file, SCHEMA)).doesNotThrowAnyException();
  }

  @Test
  void saysThatASchemaCannotBeUsed() throws IOException {
    Path file = strategy("{ unit: words }", "{ unit: words }");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> prepare(file, "{\"pattern\":\"(\"}"))
        .withMessageContaining(
            "agents.c.config: agent type counter refuses it: the schema itself cannot be used: ");
  }

  private void prepare(Path file, String schema) throws InterruptedException {
    Optional<JsonNode> parsed = Json.parse(schema);
    Types types = Types.of(List.of(new Counter(parsed)), List.of(new Race(parsed)));
    try (RunSystem runs =
        RunSystem.open(
            RunSystemOptions.of(new MemoryRunStore(), new FakeModels(), new FakeTools())
                .withExtensions(Extensions.NONE.withTypes(types)))) {
      runs.prepareRun(new ClientId("me"), PrepareRunOptions.of(file));
    }
  }

  private Path strategy(String agentConfig, String flowConfig) throws IOException {
    return Files.writeString(
        folder.resolve("s.yaml"),
        """
        name: s
        version: "1"
        agents:
          c:
            type: counter
            config:
              %s
        flow:
          name: main
          type: race
          steps:
            - agent: c
          config: %s
        """
            .formatted(
                agentConfig.replace("{ ", "").replace(" }", "").replace(", ", "\n      "),
                flowConfig));
  }
}
