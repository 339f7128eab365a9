package com.commaagents.runs.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.schema.JsonSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class TimelineJsonTest {
  private static final Map<String, TimelineEntry> SAMPLES = TimelineSamples.all();
  private static final JsonSchemas SCHEMAS = new JsonSchemas();
  private static final JsonNode SCHEMA =
      Json.parse(resource("/timeline.schema.json")).orElseThrow();

  /// What a reader asks of an event whose type it does not know.
  private static final JsonNode SKIPPED =
      Json.parse(
              """
              {
                "type": "object",
                "required": ["type", "ts"],
                "properties": {
                  "type": { "type": "string" },
                  "ts": {
                    "type": "string",
                    "pattern": "^\\\\d{4}-\\\\d\\\\d-\\\\d\\\\dT\\\\d\\\\d:\\\\d\\\\d:\\\\d\\\\d(\\\\.\\\\d+)?Z$"
                  }
                }
              }
              """
                  .getBytes(StandardCharsets.UTF_8))
          .orElseThrow();

  static Stream<String> samples() {
    return SAMPLES.keySet().stream();
  }

  @Test
  void hasASampleOfEveryEvent() {
    Set<Class<?>> sampled =
        SAMPLES.values().stream()
            .map(entry -> entry.event().getClass())
            .collect(Collectors.toCollection(HashSet::new));
    assertThat(sampled).isEqualTo(Set.of(TimelineEvent.class.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesTheLineOfTheGoldenFile(String name) {
    byte[] golden = resource("/golden/timeline/" + name + ".jsonl");
    assertThat(text(TimelineJson.line(sample(name)))).isEqualTo(text(golden));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesOneLine(String name) {
    byte[] line = TimelineJson.line(sample(name));
    assertThat(text(line).indexOf('\n')).isEqualTo(text(line).length() - 1);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesWhatTheSchemaAllows(String name) {
    if (sample(name).event() instanceof TimelineEvent.Other) {
      return; // Written by nobody: it stands for what others have written.
    }
    JsonNode written = Json.parse(TimelineJson.line(sample(name))).orElseThrow();
    // Types of our own are to the schema what every unknown type is: something a reader skips.
    boolean skipped =
        sample(name).event() instanceof TimelineEvent.SeqMark
            || sample(name).event() instanceof TimelineEvent.SummaryMade;
    assertThat(SCHEMAS.problems(skipped ? SKIPPED : SCHEMA, written)).isEmpty();
  }

  @Test
  void writesTheTypesOfTheSchemaAndItsOwn() {
    Set<String> known =
        SCHEMA.path("$defs").propertyNames().stream()
            .filter(name -> name.startsWith("event."))
            .map(name -> name.substring("event.".length()))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> written =
        SAMPLES.values().stream()
            .filter(entry -> !(entry.event() instanceof TimelineEvent.Other))
            .map(entry -> TimelineJson.typeOf(entry.event()))
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(Set.of("seq_mark", "summary_made"));
    assertThat(written).isEqualTo(known);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isReadBackAsItWasWritten(String name) {
    TimelineEntry entry = sample(name);
    assertThat(TimelineReader.read(withoutLineEnd(TimelineJson.line(entry))))
        .contains(new TimelineEntry(entry.at(), asRead(entry.event())));
  }

  /// Nothing is computed from these events yet; they come back as their type alone.
  private static TimelineEvent asRead(TimelineEvent event) {
    return switch (event) {
      case TimelineEvent.PermissionDecided _, TimelineEvent.ToolMutated _ ->
          new TimelineEvent.Other(TimelineJson.typeOf(event));
      case TimelineEvent.RunStarted _,
          TimelineEvent.RunCompleted _,
          TimelineEvent.StepStarted _,
          TimelineEvent.StepCompleted _,
          TimelineEvent.AgentCall _,
          TimelineEvent.SubAgentCall _,
          TimelineEvent.SummaryMade _,
          TimelineEvent.ConversationRetention _,
          TimelineEvent.UserInput _,
          TimelineEvent.ModelTurn _,
          TimelineEvent.ToolCalled _,
          TimelineEvent.ToolResult _,
          TimelineEvent.AgentPartial _,
          TimelineEvent.SeqMark _,
          TimelineEvent.Steering _,
          TimelineEvent.Other _ ->
          event;
    };
  }

  private static TimelineEntry sample(String name) {
    return Objects.requireNonNull(SAMPLES.get(name));
  }

  private static byte[] withoutLineEnd(byte[] line) {
    return Arrays.copyOf(line, line.length - 1);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (InputStream in = TimelineJsonTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
