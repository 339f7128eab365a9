package com.commaagents.engine.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.RawJson;
import com.commaagents.engine.conversation.Conversation.Input;
import com.commaagents.engine.conversation.RetentionEvent.Reason;
import com.commaagents.engine.conversation.RetentionEvent.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
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

    assertThat(conversation.transcript().records())
        .containsExactly(
            record("1").supersededBy("s"),
            record("2").supersededBy("s"),
            record("s"),
            record("3"),
            record("4"));
    assertThat(conversation.transcript().retentionEvents())
        .containsExactly(
            RawJson.of(ConversationJson.write(compaction("s", Optional.of("3"), "1", "2"))));
  }

  @Test
  void supersedesASummaryByALaterOne() {
    conversation.add(record("1"));
    conversation.add(record("2"));
    conversation.apply(compaction("s", Optional.of("2"), "1"));
    conversation.add(record("3"));
    conversation.apply(compaction("t", Optional.of("3"), "s", "2"));

    assertThat(conversation.transcript().records())
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

    assertThat(conversation.transcript().records())
        .containsExactly(record("1").supersededBy("s"), record("s"), record("t"));
  }

  @Test
  void putsASummaryBeforeTheFirstRecord() {
    conversation.add(record("1"));
    conversation.apply(compaction("s", Optional.of("1")));

    assertThat(conversation.transcript().records()).containsExactly(record("s"), record("1"));
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

    assertThat(conversation.transcript().inputs())
        .containsExactly(
            new Input("one", Optional.of("1")),
            new Input("without an answer", Optional.empty()),
            new Input("two", Optional.empty()),
            new Input("last", Optional.empty()));
  }

  /// Room for three records and three earlier ones, one compaction and ten characters of prompts.
  private static Conversation small() {
    return new Conversation(
        new Conversation.Limits(
            3L * StoredRecord.of(record("1")).json().length(),
            3L * StoredRecord.of(record("1")).json().length(),
            RawJson.of(ConversationJson.write(compaction("s", Optional.of("1"), "1"))).length(),
            10));
  }

  @Test
  void showsAsManyRecordsAsThereIsRoomFor() {
    Conversation small = small();
    Stream.of("1", "2", "3").map(id -> record(id)).forEach(small::add);
    assertThat(small.transcript().left()).isEqualTo(Transcript.LeftOut.NONE);
    assertThat(small.transcript().records()).containsExactly(record("1"), record("2"), record("3"));

    small.add(record("4"));

    assertThat(small.transcript().left()).isEqualTo(new Transcript.LeftOut(1, 0, 0));
    assertThat(small.transcript().records()).containsExactly(record("2"), record("3"), record("4"));
    assertThat(small.transcript().active())
        .as("its agent still needs the oldest")
        .extracting(StoredRecord::id)
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void forgetsWhatIsNeitherShownNorNeeded() {
    Conversation small = small();
    Stream.of("1", "2", "3", "4", "5").map(id -> record(id)).forEach(small::add);

    small.apply(compaction("s", Optional.of("4"), "1", "2", "3"));

    assertThat(small.transcript().earlier()).isEmpty();
    assertThat(small.transcript().active())
        .extracting(StoredRecord::id)
        .containsExactly("s", "4", "5");
    assertThat(small.transcript().records())
        .as("what is superseded goes first, as it is the oldest")
        .containsExactly(record("s"), record("4"), record("5"));
    assertThat(small.transcript().left()).isEqualTo(new Transcript.LeftOut(3, 0, 0));
  }

  @Test
  void keepsTheOrderOfWhatIsNotShown() {
    Conversation small = small();
    Stream.of("1", "2", "3", "4", "5", "6").map(id -> record(id)).forEach(small::add);

    small.apply(compaction("s", Optional.of("2"), "1"));

    assertThat(small.transcript().active())
        .extracting(StoredRecord::id)
        .containsExactly("s", "2", "3", "4", "5", "6");
    assertThat(small.transcript().earlier())
        .extracting(StoredRecord::id)
        .containsExactly("s", "2", "3");
    assertThat(small.transcript().left().records()).isEqualTo(4);
  }

  @Test
  void showsTheNewestRecordWhateverItsSize() {
    Conversation small = small();
    small.add(record("1"));
    small.add(record("9".repeat(10_000)));

    assertThat(small.transcript().shown()).hasSize(1);
    assertThat(small.transcript().earlier()).hasSize(1);
  }

  @Test
  void keepsAsMuchOfWhatIsNotShownAsAnAgentCanUse() {
    Conversation small = small();
    Stream.of("1", "2", "3", "4", "5", "6").map(id -> record(id)).forEach(small::add);
    assertThat(small.transcript().earlier())
        .extracting(StoredRecord::id)
        .containsExactly("1", "2", "3");

    small.add(record("7"));

    assertThat(small.transcript().earlier())
        .extracting(StoredRecord::id)
        .containsExactly("2", "3", "4");
    assertThat(small.transcript().left().records()).isEqualTo(4);
  }

  @Test
  void showsTheNewestCompactionsAndPrompts() {
    Conversation small = small();
    small.add(record("1"));
    small.apply(compaction("s", Optional.of("1"), "1"));
    small.apply(compaction("t", Optional.of("1"), "1"));
    small.prompt("12345");
    small.prompt("12345");
    small.prompt("6");
    small.closePrompt();

    assertThat(small.transcript().retentionEvents()).hasSize(1);
    assertThat(small.transcript().inputs()).extracting(Input::text).containsExactly("12345", "6");
    assertThat(small.transcript().left())
        .as("a record that says it is superseded is longer")
        .isEqualTo(new Transcript.LeftOut(1, 1, 1));
    assertThat(small.transcript().json().toString())
        .endsWith(",\"leftOut\":{\"records\":1,\"retentionEvents\":1,\"inputs\":1}}");
  }

  @Test
  void goesOnFromATranscriptAsIfItHadNeverStopped() {
    for (int cut = 0; cut <= STEPS.size(); cut++) {
      Conversation whole = small();
      STEPS.forEach(step -> step.accept(whole));

      Conversation first = small();
      STEPS.subList(0, cut).forEach(step -> step.accept(first));
      Conversation second = Conversation.from(first.transcript(), small().limits());
      STEPS.subList(cut, STEPS.size()).forEach(step -> step.accept(second));

      assertThat(second.transcript()).as("cut at %d", cut).isEqualTo(whole.transcript());
    }
  }

  private static final List<Consumer<Conversation>> STEPS =
      List.of(
          to -> to.prompt("one"),
          to -> to.add(record("1")),
          to -> to.add(record("2")),
          to -> to.prompt("two"),
          to -> to.closePrompt(),
          to -> to.prompt("three"),
          to -> to.add(record("3")),
          to -> to.add(record("4")),
          to -> to.add(record("5")),
          to -> to.apply(compaction("s", Optional.of("3"), "1", "2")),
          to -> to.add(record("6")),
          to -> to.apply(compaction("t", Optional.of("6"), "s", "3", "4")),
          to -> to.add(record("7")),
          to -> to.prompt("last"));

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
