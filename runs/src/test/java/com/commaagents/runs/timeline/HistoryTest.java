package com.commaagents.runs.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.commaagents.engine.limit.RunLimits;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Conversation.Input;
import com.commaagents.engine.conversation.ConversationJson;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.timeline.TimelineEvent.RunStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class HistoryTest {
  static final List<String> NAMES = Fixtures.NAMES;

  @Test
  void ofNothingIsNone() {
    assertThat(History.of(List.of())).isEqualTo(History.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "completed, COMPLETED,",
    "error, ERROR, EXECUTION_ERROR",
    "cancelled, CANCELLED, CANCELLED",
    "continued, COMPLETED,",
    "prompt-without-record, CANCELLED, CANCELLED",
    "compacted, COMPLETED,",
    "crashed-then-started, COMPLETED,",
    "end-without-start, ERROR, INTERRUPTED",
    "tools, COMPLETED,",
    "newer, COMPLETED,",
  })
  void saysHowTheLastSegmentEnded(String name, RunStatus status, @Nullable String code) {
    assertThat(history(name).state())
        .isInstanceOfSatisfying(
            RunState.Finished.class,
            end -> {
              assertThat(end.status()).isEqualTo(status);
              assertThat(end.error().map(error -> error.code()))
                  .isEqualTo(Optional.ofNullable(code));
            });
  }

  @ParameterizedTest
  @CsvSource({"unfinished", "end-then-start"})
  void isRunningWhereTheLastSegmentHasNoEnd(String name) {
    assertThat(history(name).state()).isEqualTo(new RunState.Running());
  }

  @Test
  void anchorsAPromptToTheFirstRecordThatFollowsIt() {
    assertThat(history("completed").prompts())
        .containsExactly(new Input("hello", Optional.of("r1")));
    assertThat(history("unfinished").prompts())
        .containsExactly(new Input("hello", Optional.of("r1")));
    // The third segment was started without a text.
    assertThat(history("continued").prompts())
        .containsExactly(new Input("one", Optional.of("r1")), new Input("two", Optional.of("r3")));
  }

  @Test
  void letsAPromptWithoutARecordStandByItself() {
    assertThat(history("prompt-without-record").prompts())
        .containsExactly(
            new Input("one", Optional.empty()),
            new Input("two", Optional.of("r1")),
            new Input("three", Optional.empty()));
    assertThat(history("crashed-then-started").prompts())
        .containsExactly(new Input("one", Optional.empty()), new Input("two", Optional.of("r1")));
  }

  @Test
  void anEmptyTextIsNoPrompt() {
    History history = History.of(List.of(entry(started(Optional.of(""), OptionalLong.empty()))));
    assertThat(history.prompts()).isEmpty();
  }

  @Test
  void keepsTheRecordsInOrder() {
    assertThat(history("continued").records())
        .extracting(CallRecord::id)
        .containsExactly("r1", "r2", "r3", "r4");
    assertThat(history("tools").records()).extracting(CallRecord::text).containsExactly("made");
  }

  @Test
  void appliesACompaction() {
    History history = history("compacted");
    assertThat(history.records())
        .extracting(CallRecord::id, CallRecord::supersededBy)
        .containsExactly(
            tuple("r1", Optional.of("s1")),
            tuple("r2", Optional.of("s1")),
            tuple("s1", Optional.empty()),
            tuple("r3", Optional.empty()),
            tuple("r4", Optional.empty()));
    assertThat(history.transcript().retentionEvents())
        .extracting(event -> event.read().path("id").stringValue())
        .containsExactly("e1");
  }

  @Test
  void takesItsDefaultsFromTheLatestStart() {
    assertThat(history("continued").latestStart().orElseThrow())
        .isEqualTo(started(Optional.empty(), OptionalLong.empty()));
    assertThat(history("end-without-start").latestStart()).isEmpty();
  }

  @Test
  void neverCountsPartialsAndSubStrategiesAsRecords() {
    assertThat(history("newer").records()).extracting(CallRecord::id).containsExactly("r1");
  }

  @Test
  void keepsTheFieldsOfARecordThatItDoesNotKnow() {
    CallRecord record = history("newer").records().getFirst();
    assertThat(Json.text(ConversationJson.write(record), "mood")).contains("fine");
  }

  @Test
  void hasTheHighestNumberThatIsNamed() {
    assertThat(
            History.of(
                    List.of(
                        entry(started(Optional.empty(), OptionalLong.of(5))),
                        entry(completed(Optional.empty(), OptionalLong.of(40))),
                        entry(started(Optional.empty(), OptionalLong.of(7))),
                        entry(completed(Optional.empty(), OptionalLong.of(9)))))
                .lastSeq())
        .isEqualTo(40);
    assertThat(history("continued").lastSeq()).isZero();
  }

  @Test
  void countsOnAboveAllThatAnUncleanEndMayHaveUsed() {
    List<TimelineEntry> entries = new ArrayList<>();
    entries.add(entry(started(Optional.empty(), OptionalLong.of(5))));
    assertThat(History.of(entries).lastSeq()).isEqualTo(5 + SeqCeiling.BLOCK);
    entries.add(entry(new TimelineEvent.SeqMark(600_000)));
    assertThat(History.of(entries).lastSeq()).isEqualTo(600_000 + SeqCeiling.BLOCK);
    entries.add(entry(completed(Optional.empty(), OptionalLong.of(600_001))));
    assertThat(History.of(entries).lastSeq()).isEqualTo(600_001);
  }

  @Test
  void asksForAMarkHalfABlockEarly() {
    assertThat(SeqCeiling.isDue(10, 10 + SeqCeiling.BLOCK / 2)).isFalse();
    assertThat(SeqCeiling.isDue(10, 11 + SeqCeiling.BLOCK / 2)).isTrue();
  }

  @Test
  void hasTheResultOfTheLastSegmentOnly() {
    CallResult result = CallResult.of("done");
    List<TimelineEntry> entries = new ArrayList<>();
    entries.add(entry(started(Optional.of("x"), OptionalLong.empty())));
    entries.add(entry(completed(Optional.of(result), OptionalLong.empty())));
    assertThat(History.of(entries).result()).contains(result);
    entries.add(entry(started(Optional.of("y"), OptionalLong.empty())));
    assertThat(History.of(entries).result()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void isTheSameAfterItsEntriesWereWrittenByUs(String name) {
    List<TimelineEntry> rewritten =
        Fixtures.entries(name).stream()
            .map(entry -> TimelineReader.read(TimelineJson.line(entry)).orElseThrow())
            .toList();
    assertThat(History.of(rewritten)).isEqualTo(history(name));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void goesOnFromAnyPositionAsIfItHadNeverStopped(String name) {
    List<TimelineEntry> entries = Fixtures.entries(name);
    for (int cut = 0; cut <= entries.size(); cut++) {
      HistoryBuilder before = new HistoryBuilder();
      entries.subList(0, cut).forEach(before::step);
      HistoryBuilder after = HistoryBuilder.from(before.position());
      entries.subList(cut, entries.size()).forEach(after::step);

      assertThat(after.build()).as("cut at %d", cut).isEqualTo(history(name));
    }
  }

  private static History history(String name) {
    return History.of(Fixtures.entries(name));
  }

  private static RunStarted started(Optional<String> input, OptionalLong seq) {
    return new RunStarted(
        "/srv/s/talk.yaml",
        "talk",
        "/srv/w",
        input,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        RunLimits.NONE,
        List.of(),
        seq);
  }

  private static TimelineEvent completed(Optional<CallResult> result, OptionalLong seq) {
    return new TimelineEvent.RunCompleted(RunState.Finished.completed(), result, seq);
  }

  private static TimelineEntry entry(TimelineEvent event) {
    return new TimelineEntry(Instant.EPOCH, event);
  }
}
