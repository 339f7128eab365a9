package com.commaagents.engine.agent;

import static com.commaagents.engine.fakes.FakeRun.cycle;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.PreparedStrategy;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.Conversation;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.RetentionEvent;
import com.commaagents.engine.conversation.RetentionEvent.Reason;
import com.commaagents.engine.conversation.RetentionEvent.Trigger;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.fakes.FakeModel;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.fakes.FakeTool;
import com.commaagents.engine.fakes.VirtualClock;
import com.commaagents.engine.model.ModelRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompactorTest {
  private final FakeRun run = new FakeRun();

  @Test
  void tellsWhatItDidInFull() throws InterruptedException {
    run.agent("a", definition -> definition.compaction(1, OptionalInt.of(2)));
    run.model("a").says("1").says("2").says("3").says("in short");

    run.execute(cycle(4, "a"), "hello");

    CallRecord summary =
        new CallRecord(
            "id-4",
            "a",
            VirtualClock.START,
            Message.user("[Earlier conversation compacted - summary follows.]"),
            List.of(Message.assistant(List.of(Part.text("in short")))),
            "in short",
            Usage.NONE,
            Optional.empty(),
            FinishReason.STOP,
            Optional.empty());
    assertThat(events(run))
        .containsExactly(
            new RetentionEvent(
                "id-5",
                "a",
                VirtualClock.START,
                Reason.RECORD_COUNT,
                new Trigger(
                    Optional.of("acme/a"),
                    Optional.of(FakeModel.context(FakeModel.COST)),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.of(0.85),
                    OptionalLong.of(3),
                    OptionalLong.of(2)),
                2,
                1,
                summary,
                List.of("id-1", "id-2"),
                Optional.of("id-3"),
                Part.NO_EXTRA));
  }

  @ParameterizedTest
  @CsvSource({
    // keepRecent, threshold → records at the first compaction
    "1, 2, 3",
    "1, 1, 3",
    "0, 1, 2",
    "2, 5, 6",
    "4, 2, 6",
  })
  void countsToTheThresholdOrWhatIsKeptWhicheverIsMore(int keepRecent, int threshold, int records)
      throws InterruptedException {
    run.agent("a", definition -> definition.compaction(keepRecent, OptionalInt.of(threshold)));

    run.execute(cycle(records, "a"), "hello");
    assertThat(events(run)).isEmpty();

    FakeRun longer = new FakeRun();
    longer.agent("a", definition -> definition.compaction(keepRecent, OptionalInt.of(threshold)));
    longer.execute(cycle(records + 1, "a"), "hello");
    assertThat(events(longer)).hasSize(1);
    assertThat(events(longer).getFirst().recordsCompacted()).isEqualTo(records - keepRecent);
    assertThat(events(longer).getFirst().insertBeforeRecordId().isPresent())
        .isEqualTo(keepRecent > 0);
  }

  @ParameterizedTest
  @CsvSource({
    // prompt tokens, answer tokens, window, max input → compacted
    "849, 0, 1000, , false",
    "849, 1, 1000, , true",
    "400, 25, 1000, 500, true",
    "400, 24, 1000, 500, false",
    "100000, 1, , , false",
  })
  void compactsWhenTheTokensReachTheRatio(
      long prompt, long answer, Long window, Long maxInput, boolean compacted)
      throws InterruptedException {
    run.agent("a", definition -> definition.compaction(1, OptionalInt.empty()));
    run.model("a").costs(new Usage(prompt, answer));
    Optional.ofNullable(window).ifPresent(run.model("a")::window);
    Optional.ofNullable(maxInput).ifPresent(run.model("a")::maxInput);

    run.execute(cycle(3, "a"), "hello");

    assertThat(events(run).stream().map(RetentionEvent::reason))
        .isEqualTo(compacted ? List.of(Reason.CONTEXT_WINDOW) : List.of());
  }

  @Test
  void doesNothingWhileThereIsNothingToSummarise() throws InterruptedException {
    run.llm("a");
    run.model("a").window(11);

    run.execute(cycle(8, "a"), "hello");
    assertThat(events(run)).isEmpty();

    FakeRun longer = new FakeRun().llm("a");
    longer.model("a").window(11);
    longer.execute(cycle(10, "a"), "hello");
    assertThat(events(longer)).hasSize(1);
  }

  @Test
  void doesNotSummariseASummaryAlone() throws InterruptedException {
    run.agent("a", definition -> definition.compaction(1, OptionalInt.empty()));
    run.model("a").window(11);
    run.execute(cycle(2, "a"), "hello");
    CallRecord record = run.journal.events(EngineEvent.CallRecorded.class).getLast().record();
    CallRecord summary =
        new CallRecord(
            "summary",
            "a",
            VirtualClock.START,
            Message.user(Compactor.NOTICE),
            List.of(Message.assistant(List.of(Part.text("short")))),
            "short",
            Usage.NONE,
            Optional.empty(),
            FinishReason.STOP,
            Optional.empty());

    FakeRun later = new FakeRun();
    later.agent("a", definition -> definition.compaction(1, OptionalInt.empty()));
    later.model("a").window(11);
    PreparedStrategy prepared = later.prepare(sequence("a"));
    prepared.restore(List.of(StoredRecord.of(summary), StoredRecord.of(record)));
    prepared.execute("more");

    assertThat(events(later)).isEmpty();
  }

  @Test
  void rebuildsTheSameConversationFromItsEvents() throws InterruptedException {
    run.agent("a", definition -> definition.compaction(1, OptionalInt.of(2)));
    run.execute(cycle(5, "a"), "hello");
    Conversation conversation = new Conversation();
    for (EngineEvent event : run.journal.events()) {
      if (event instanceof EngineEvent.CallRecorded(_, var record, _)) {
        conversation.add(record);
      } else if (event instanceof EngineEvent.ConversationCompacted(_, var compacted)) {
        conversation.apply(compacted);
      }
    }

    FakeRun later = new FakeRun();
    later.agent("a", definition -> definition.compaction(1, OptionalInt.of(2)));
    PreparedStrategy prepared = later.prepare(sequence("a"));
    prepared.restore(conversation.transcript().active());
    prepared.execute("more");

    assertThat(conversation.transcript().active()).hasSize(3);
    assertThat(events(later).getFirst().recordsCompacted()).isEqualTo(2);
    assertThat(later.model("a").roles(1)).isEqualTo("uauau");
  }

  @Test
  void tellsToolCallsAsTextAndOffersNoTools() throws InterruptedException {
    run.agent("a", definition -> definition.tools("read_file").compaction(0, OptionalInt.of(1)));
    run.tools.put(new FakeTool("read_file", path -> path.repeat(5_000)));
    run.model("a")
        .calls(FakeModel.call("t1", "read_file", "path", "x"))
        .says("1")
        .says("2")
        .says("in short");

    run.execute(cycle(3, "a"), "hello");

    ModelRequest request = run.model("a").requests().get(3);
    assertThat(request.tools()).isEmpty();
    assertThat(request.messages().subList(0, 6))
        .map(message -> message.content().text())
        .containsExactly(
            "hello",
            "[called read_file with {\"path\":\"x\"}]",
            "[read_file gave " + "x".repeat(SummaryPrompt.MAX_TOOL_CHARACTERS) + "… (cut)]",
            "1",
            "1",
            "2");
    assertThat(run.model("a").roles(3)).isEqualTo("suauauau");
  }

  @Test
  void leavesEverythingAsItIsWhenTheSummaryIsEmpty() throws InterruptedException {
    run.agent("a", definition -> definition.compaction(1, OptionalInt.of(2)));
    run.model("a").says("1").says("2").says("3").says(" ");

    assertThat(run.execute(cycle(4, "a"), "hello").text()).isEqualTo("seen:uauauau");
    assertThat(events(run)).isEmpty();
  }

  @Test
  void failsTheStepWhenTheModelFailsToSummarise() {
    run.agent("a", definition -> definition.compaction(1, OptionalInt.of(2)));
    run.model("a").says("1").says("2").says("3").fails(400, false);

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(cycle(4, "a"), "hello"))
        .withMessage("Step \"a\" failed: acme answered 400");
  }

  private static List<RetentionEvent> events(FakeRun run) {
    return run.journal.events(EngineEvent.ConversationCompacted.class).stream()
        .map(EngineEvent.ConversationCompacted::event)
        .toList();
  }
}
