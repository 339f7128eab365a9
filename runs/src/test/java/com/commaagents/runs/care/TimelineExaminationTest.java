package com.commaagents.runs.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.runs.care.Finding.Kind;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.TimelineReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineExaminationTest {
  private static final String START =
      "{\"type\":\"run_started\",\"ts\":\"2026-11-22T06:00:00.000Z\",\"strategyPath\":\"/s/t.yaml\","
          + "\"strategyName\":\"t\",\"cwd\":\"/w\",\"seq\":7}\n";
  private static final String SAID =
      "{\"type\":\"user_input\",\"ts\":\"2026-11-22T06:00:01.000Z\",\"text\":\"é\"}\n";
  private static final String END =
      "{\"type\":\"run_completed\",\"ts\":\"2026-11-22T06:00:02.000Z\",\"status\":\"completed\"}\n";
  private static final String UNKNOWN =
      "{\"type\":\"weather\",\"ts\":\"2026-11-22T06:00:02.000Z\"}\n";
  private static final String MARK =
      "{\"type\":\"seq_mark\",\"ts\":\"2026-11-22T06:00:02.000Z\",\"seq\":90}\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "completed",
        "error",
        "cancelled",
        "continued",
        "prompt-without-record",
        "compacted",
        "tools",
        "newer"
      })
  void findsNothingInSoundTimelinesOfThePublicDaemon(String name) {
    assertThat(Damaged.examine(Damaged.fixture(name))).isEmpty();
  }

  @Test
  void findsNothingInAnEmptyFileInEmptyLinesAndInWhatOthersMayAdd() {
    for (String sound :
        List.of("", "\n", START + END, START + "\n" + END, UNKNOWN + MARK + START + END + MARK)) {
      assertThat(Damaged.examine(Damaged.bytes(sound))).as(sound).isEmpty();
    }
  }

  @Test
  void takesASegmentThatAnotherFollowsAsOver() {
    assertThat(Damaged.kinds(Damaged.bytes(START + SAID + START + END))).isEmpty();
  }

  @Test
  void saysOfEachDamagedLineWhereItStandsAndWhatIsWrong() {
    byte[] timeline =
        joined(
            Damaged.bytes(START + "{\"type\":\n"),
            new byte[] {'{', '"', (byte) 0xff, '"', '}', '\n'},
            Damaged.bytes("[]\n{\"type\":\"run_completed\",\"ts\":\"2026-11-22T06:00:02Z\"}\n"),
            Damaged.bytes("x".repeat(Damaged.MAX_LINE_BYTES) + "y\n" + END));
    long second = START.length();
    assertThat(Damaged.examine(timeline))
        .containsExactly(
            finding(Kind.NOT_JSON, 2, second, "not JSON"),
            finding(Kind.NOT_UTF8, 3, second + 9, "not UTF-8, first at byte " + (second + 11)),
            finding(
                Kind.NO_EVENT,
                4,
                second + 15,
                "JSON, but no event: it lacks what an event must have"),
            finding(
                Kind.NO_EVENT,
                5,
                second + 18,
                "JSON, but no event: it lacks what an event must have"),
            finding(
                Kind.TOO_LONG, 6, second + 71, "a line of 1048577 bytes, longer than can be read"));
  }

  @Test
  void readsALineOfTheGreatestLength() {
    String line = SAID.strip();
    String longest =
        line + " ".repeat(Damaged.MAX_LINE_BYTES - line.getBytes(StandardCharsets.UTF_8).length);
    assertThat(Damaged.examine(Damaged.bytes(START + longest + "\n" + END))).isEmpty();
  }

  @Test
  void tellsATornTailFromALineThatLacksOnlyItsEnd() {
    assertThat(Damaged.kinds(Damaged.bytes(START + END + "{\"ty"))).containsExactly(Kind.TORN_TAIL);
    assertThat(Damaged.kinds(Damaged.bytes(START + END.strip()))).containsExactly(Kind.NO_LINE_END);
    assertThat(Damaged.kinds(Damaged.bytes(START + "{\"ty")))
        .containsExactly(Kind.TORN_TAIL, Kind.NO_END);
  }

  @Test
  void tellsOnceOfEventsInARowThatStandOutsideOfASegment() {
    assertThat(Damaged.kinds(Damaged.bytes(SAID + SAID + END + START + END)))
        .containsExactly(Kind.OUTSIDE_SEGMENT);
    assertThat(Damaged.kinds(Damaged.bytes(START + END + END + SAID)))
        .containsExactly(Kind.OUTSIDE_SEGMENT, Kind.OUTSIDE_SEGMENT);
  }

  @Test
  void countsWhatIsBeyondTheLimit() {
    String damage = "x\n".repeat(TimelineExamination.MAX_FINDINGS);
    assertThat(Damaged.examine(Damaged.bytes(damage))).hasSize(TimelineExamination.MAX_FINDINGS);
    assertThat(Damaged.examine(Damaged.bytes(damage + "x\nx\n")).getLast().what())
        .isEqualTo("2 further problems of its lines");
  }

  @Test
  void appendsTheEndThatTheNextStartOfADaemonWouldAppend() {
    byte[] repaired = Damaged.repair(Damaged.bytes(START + MARK + SAID));
    History history =
        History.of(
            Damaged.readable(repaired).stream()
                .map(line -> TimelineReader.read(line.getBytes(StandardCharsets.ISO_8859_1)))
                .map(entry -> entry.orElseThrow())
                .toList());
    assertThat(history.state())
        .isEqualTo(
            RunState.Finished.failed(
                "INTERRUPTED", "The process that executed this run ended before it did."));
    assertThat(history.lastSeq()).isEqualTo(90 + (1 << 20));
  }

  @Test
  void leavesASoundTimelineAsItIs() {
    byte[] sound = Damaged.fixture("continued");
    assertThat(Damaged.repair(sound)).isEqualTo(sound);
  }

  @ParameterizedTest
  @ValueSource(strings = {"continued", "compacted", "tools", "end-without-start"})
  void mendsATimelineThatWasCutAtAnyByte(String name) {
    byte[] whole = Damaged.fixture(name);
    for (int length = 0; length <= whole.length; length++) {
      assertMended(Arrays.copyOf(whole, length), "cut at " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"continued", "end-then-start", "newer"})
  void mendsATimelineWithAnyByteFlipped(String name) {
    byte[] whole = Damaged.fixture(name);
    for (int at = 0; at < whole.length; at++) {
      for (int bit : new int[] {0x01, 0x20, 0x80, 0xff}) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) bit;
        assertMended(flipped, "byte " + at + " by " + bit);
      }
    }
  }

  @Test
  void mendsATimelineThatLostAnyOfItsLines() {
    List<String> lines = List.of(START, SAID, END, START, SAID, MARK, END);
    for (int lost = 0; lost < 1 << lines.size(); lost++) {
      StringBuilder left = new StringBuilder();
      for (int i = 0; i < lines.size(); i++) {
        left.append((lost >> i & 1) == 0 ? lines.get(i) : "lost\n");
      }
      assertMended(Damaged.bytes(left.toString()), "without " + lost);
    }
  }

  private static void assertMended(byte[] damaged, String how) {
    byte[] repaired = Damaged.repair(damaged);
    assertThat(Damaged.examine(repaired)).as(how).isEmpty();
    List<String> before = Damaged.readable(damaged);
    List<String> after = new ArrayList<>(Damaged.readable(repaired));
    assertThat(after).as(how).containsSubsequence(before);
    // Nothing is added but notes, and one end.
    after.removeIf(line -> line.startsWith("{\"type\":\"repaired\""));
    assertThat(after.size() - before.size()).as(how).isBetween(0, 1);
    assertThat(Damaged.repair(repaired)).as(how).isEqualTo(repaired);
  }

  private static Finding finding(Kind kind, long line, long offset, String what) {
    return new Finding(kind, Damaged.FILE, OptionalLong.of(line), OptionalLong.of(offset), what);
  }

  private static byte[] joined(byte[]... parts) {
    var all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
