package com.commaagents.runs.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.runs.fakes.Seeds;
import com.commaagents.runs.lifecycle.RunState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineReaderTest {
  private static final int MUTATIONS = 10_000;
  private static final String AT = "\"ts\":\"2026-11-22T06:36:14.918Z\"";

  @Test
  void skipsTheTypesItDoesNotKnow() {
    assertThat(event("{\"type\":\"weather\"," + AT + ",\"sunny\":true}"))
        .contains(new TimelineEvent.Other("weather"));
  }

  @Test
  void toleratesFieldsItDoesNotKnow() {
    assertThat(event("{\"x\":[{}],\"stepName\":\"a\"," + AT + ",\"type\":\"step_started\"}"))
        .contains(
            new TimelineEvent.StepStarted(
                new EngineEvent.Step("", "a", "", Optional.empty(), OptionalInt.empty())));
  }

  @Test
  void leavesOutOptionalFieldsThatAreMalformed() {
    assertThat(
            event(
                "{\"type\":\"run_completed\","
                    + AT
                    + ",\"status\":\"completed\",\"error\":7,\"result\":{},\"seq\":\"x\"}"))
        .contains(
            new TimelineEvent.RunCompleted(
                RunState.Finished.completed(), Optional.empty(), OptionalLong.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "null",
        "[]",
        "\"run_started\"",
        "{}",
        "{\"type\":\"step_started\"}",
        "{" + AT + "}",
        "{\"type\":7," + AT + "}",
        "{\"type\":\"weather\",\"ts\":\"yesterday\"}",
        "{\"type\":\"weather\",\"ts\":1700000000000}",
        "{\"type\":\"weather\",\"ts\":\"+10000-01-01T00:00:00Z\"}",
        "{\"type\":\"weather\",\"ts\":\"-0001-12-31T23:59:59Z\"}",
        "{\"type\":\"weather\",\"ts\":\"+1000000000-12-31T23:59:59Z\"}",
        "{\"type\":\"weather\"," + AT + "} {}",
        "{\"type\":\"weather\"," + AT,
        "{\"type\":\"run_started\"," + AT + ",\"strategyName\":\"s\",\"cwd\":\"/\"}",
        "{\"type\":\"run_completed\"," + AT + "}",
        "{\"type\":\"run_completed\"," + AT + ",\"status\":\"running\"}",
        "{\"type\":\"run_completed\"," + AT + ",\"status\":\"pending\"}",
        "{\"type\":\"run_completed\"," + AT + ",\"status\":\"done\"}",
        "{\"type\":\"step_started\"," + AT + "}",
        "{\"type\":\"agent_call\"," + AT + "}",
        "{\"type\":\"agent_call\"," + AT + ",\"record\":{\"id\":\"r\"}}",
        "{\"type\":\"conversation_retention\"," + AT + ",\"event\":[]}",
      })
  void takesForDamageWhatLacksWhatItMustHave(String line) {
    assertThat(event(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z",
        "2026-11-22T06:36:14Z",
        "2026-11-22T06:36:14.918273Z",
      })
  void readsEveryInstantThatCanBeWritten(String at) {
    Optional<TimelineEntry> read =
        TimelineReader.read(utf8("{\"type\":\"weather\",\"ts\":\"" + at + "\"}"));
    assertThat(read.orElseThrow().at()).isEqualTo(Instant.parse(at));
  }

  @Test
  void takesBytesThatAreNoTextForDamage() {
    byte[] line = utf8("{\"type\":\"weather\"," + AT + ",\"x\":\"??\"}");
    line[line.length - 3] = (byte) 0xC3;
    assertThat(TimelineReader.read(line)).isEmpty();
  }

  @Test
  void readsOrRefusesWhateverALineHolds() {
    long seed = Seeds.of("runs.fuzz.seed", 20_261_122L);
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> originals = originals();
    List<TimelineEntry> survivors = new ArrayList<>();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] line = mutated(originals.get(random.nextInt(originals.size())), random);
      try {
        TimelineReader.read(line).ifPresent(survivors::add);
      } catch (RuntimeException | StackOverflowError thrown) {
        throw new AssertionError(
            "seed " + seed + ", case " + i + ": " + Base64.getEncoder().encodeToString(line),
            thrown);
      }
    }
    assertThat(survivors).as("seed %d", seed).isNotEmpty();
    survivesBeingUsed(survivors, seed);
  }

  /// Whatever was read can be written again, and rebuilt into a history.
  private static void survivesBeingUsed(List<TimelineEntry> survivors, long seed) {
    for (TimelineEntry entry : survivors) {
      assertThat(TimelineReader.read(TimelineJson.line(entry))).as("seed %d", seed).isPresent();
    }
    assertThat(History.of(survivors).state()).as("seed %d", seed).isNotNull();
  }

  private static List<byte[]> originals() {
    List<byte[]> lines = new ArrayList<>();
    TimelineSamples.all().values().forEach(entry -> lines.add(TimelineJson.line(entry)));
    Fixtures.NAMES.forEach(name -> lines.addAll(Fixtures.lines(name)));
    return lines;
  }

  private static byte[] mutated(byte[] original, RandomGenerator random) {
    byte[] line = original.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && line.length > 0; i++) {
      int at = random.nextInt(line.length);
      line =
          switch (random.nextInt(6)) {
            case 0 -> flipped(line, at, 1 << random.nextInt(8));
            case 1 -> Arrays.copyOf(line, at);
            case 2 -> spliced(line, at, at, utf8(token(random)));
            case 3 ->
                spliced(line, at, Math.min(line.length, at + random.nextInt(40)), new byte[0]);
            case 4 -> spliced(line, at, at + 1, new byte[] {(byte) (0x80 + random.nextInt(128))});
            default -> replacedValue(line, random);
          };
    }
    return line;
  }

  private static byte[] flipped(byte[] line, int at, int bit) {
    byte[] changed = line.clone();
    changed[at] ^= (byte) bit;
    return changed;
  }

  /// Another value behind one of the colons: mostly still JSON, of a shape nobody expects.
  private static byte[] replacedValue(byte[] line, RandomGenerator random) {
    String text = new String(line, StandardCharsets.UTF_8);
    int colon = text.indexOf(':', random.nextInt(text.length()));
    int end = colon < 0 ? -1 : text.indexOf(',', colon);
    return end < 0
        ? line
        : utf8(text.substring(0, colon + 1) + token(random) + text.substring(end));
  }

  private static String token(RandomGenerator random) {
    List<String> tokens =
        List.of(
            "null",
            "true",
            "-1",
            "1e999",
            "99999999999999999999",
            "0.5",
            "\"\"",
            "[]",
            "{}",
            "[[",
            "{\"",
            "\"\\ud800\"",
            "\u0000",
            "\"+999999999-12-31T23:59:59Z\"",
            "[".repeat(300));
    return tokens.get(random.nextInt(tokens.size()));
  }

  private static byte[] spliced(byte[] line, int from, int to, byte[] inserted) {
    byte[] result = new byte[line.length - (to - from) + inserted.length];
    System.arraycopy(line, 0, result, 0, from);
    System.arraycopy(inserted, 0, result, from, inserted.length);
    System.arraycopy(line, to, result, from + inserted.length, line.length - to);
    return result;
  }

  private static Optional<TimelineEvent> event(String line) {
    return TimelineReader.read(utf8(line)).map(TimelineEntry::event);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
