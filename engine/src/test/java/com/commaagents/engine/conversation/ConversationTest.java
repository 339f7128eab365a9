package com.commaagents.engine.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.Conversation.Input;
import com.commaagents.engine.conversation.RetentionEvent.Reason;
import com.commaagents.engine.conversation.RetentionEvent.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ConversationTest {
  private final Conversation conversation = new Conversation();

  @Test
  void insertsASummaryAndMarksWhatItSupersedes() {
    conversation.add(record("1"));
    conversation.add(record("2"));
    conversation.add(record("3"));
    conversation.apply(compaction("s", Optional.of("3"), "1", "2"));
    conversation.add(record("4"));

    assertThat(conversation.records())
        .containsExactly(
            record("1").supersededBy("s"),
            record("2").supersededBy("s"),
            record("s"),
            record("3"),
            record("4"));
    assertThat(conversation.retentionEvents())
        .containsExactly(compaction("s", Optional.of("3"), "1", "2"));
  }

  @Test
  void supersedesASummaryByALaterOne() {
    conversation.add(record("1"));
    conversation.add(record("2"));
    conversation.apply(compaction("s", Optional.of("2"), "1"));
    conversation.add(record("3"));
    conversation.apply(compaction("t", Optional.of("3"), "s", "2"));

    assertThat(conversation.records())
        .containsExactly(
            record("1").supersededBy("s"),
            record("s").supersededBy("t"),
            record("2").supersededBy("t"),
            record("t"),
            record("3"));
  }

  @Test
  void putsASummaryWithoutAPlaceAtTheEnd() {
    conversation.add(record("1"));
    conversation.apply(compaction("s", Optional.empty(), "1"));
    conversation.apply(compaction("t", Optional.of("nowhere"), "unknown"));

    assertThat(conversation.records())
        .containsExactly(record("1").supersededBy("s"), record("s"), record("t"));
  }

  @Test
  void putsASummaryBeforeTheFirstRecord() {
    conversation.add(record("1"));
    conversation.apply(compaction("s", Optional.of("1")));

    assertThat(conversation.records()).containsExactly(record("s"), record("1"));
  }

  @Test
  void anchorsAPromptToTheFirstRecordThatFollows() {
    conversation.prompt("one");
    conversation.add(record("1"));
    conversation.add(record("2"));
    conversation.prompt("without an answer");
    conversation.prompt("two");
    conversation.closePrompt();
    conversation.add(record("3"));
    conversation.prompt("last");

    assertThat(conversation.inputs())
        .containsExactly(
            new Input("one", Optional.of("1")),
            new Input("without an answer", Optional.empty()),
            new Input("two", Optional.empty()),
            new Input("last", Optional.empty()));
  }

  private static CallRecord record(String id) {
    return new CallRecord(
        id,
        "a",
        Instant.EPOCH,
        Message.user("hello"),
        List.of(),
        "",
        Usage.NONE,
        Optional.empty(),
        FinishReason.STOP,
        Optional.empty());
  }

  private static RetentionEvent compaction(
      String summary, Optional<String> before, String... superseded) {
    return new RetentionEvent(
        "event of " + summary,
        "a",
        Instant.EPOCH,
        Reason.RECORD_COUNT,
        new Trigger(
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalLong.empty()),
        superseded.length,
        1,
        record(summary),
        List.of(superseded),
        before,
        Part.NO_EXTRA);
  }
}
