package com.commaagents.engine;

import static com.commaagents.engine.fakes.FakeRun.cycle;
import static com.commaagents.engine.fakes.FakeRun.observed;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.fakes.FakeModel;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.fakes.FakeTool;
import com.commaagents.engine.model.ModelPrice;
import com.commaagents.engine.resume.Recording;
import com.commaagents.engine.conversation.Spent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Whole runs: every event, in order.
final class StrategyEngineTest {
  private final FakeRun run = new FakeRun();

  @Test
  void tellsASequenceStepByStep() throws InterruptedException {
    run.llm("a", "b");
    run.model("a").says("c0 ", "c1");
    run.model("b").says("end");

    assertThat(run.execute(sequence("a", "b"), "hello").text()).isEqualTo("end");

    assertThat(run.journal.lines())
        .containsExactly(
            "started 0 a <hello>",
            "stream 0 a step-start",
            "stream 0 a text <c0 >",
            "stream 0 a text <c1>",
            "record 0 id-1 a u[<hello>] -> a[<c0 c1>]",
            "output 0 a <c0 c1> 10/1",
            "stream 0 a done <c0 c1> 10/1 stop",
            "completed 0 a <c0 c1> 10/1",
            "started 1 b <c0 c1>",
            "stream 1 b step-start",
            "stream 1 b text <end>",
            "record 1 id-2 b u[<c0 c1>] -> a[<end>]",
            "output 1 b <end> 10/1",
            "stream 1 b done <end> 10/1 stop",
            "completed 1 b <end> 10/1");
  }

  @Test
  void tellsAToolCallBetweenItsRoundTrips() throws InterruptedException {
    run.agent("a", definition -> definition.tools("read_file"));
    run.tools.put(FakeTool.reading());
    run.model("a").calls(FakeModel.call("t1", "read_file", "path", "x")).says("read");

    run.execute(sequence("a"), "hello");

    assertThat(run.journal.lines())
        .containsExactly(
            "started 0 a <hello>",
            "stream 0 a step-start",
            "stream 0 a tool-call t1 read_file {\"path\":\"x\"}",
            "turn 0 id-1 0 u[<hello>] -> a[t1{\"path\":\"x\"}] tool-calls",
            "tool-started 0 t1 read_file {\"path\":\"x\"}",
            "flush",
            "tool-ended 0 t1 completed <content of x>",
            "stream 0 a tool-result t1 completed <content of x>",
            "stream 0 a step-start",
            "stream 0 a text <read>",
            "record 0 id-1 a u[<hello>] -> a[t1{\"path\":\"x\"}] t[t1=text:content of x] a[<read>]",
            "output 0 a <read> 20/2",
            "stream 0 a done <read> 20/2 stop",
            "completed 0 a <read> 20/2");
  }

  @Test
  void tellsOfAnObserverWithoutStepEvents() throws InterruptedException {
    run.llm("worker", "critic");
    run.model("worker").says("one").says("two");
    run.model("critic").says("go on").says("we are done");

    assertThat(run.execute(observed(OptionalInt.of(5), "critic", "worker"), "hello").text())
        .isEqualTo("two");

    assertThat(run.journal.lines("started", "output", "record", "completed"))
        .containsExactly(
            "started cycle[1]/0 worker <hello>",
            "record cycle[1]/0 id-1 worker u[<hello>] -> a[<one>]",
            "output cycle[1]/0 worker <one> 10/1",
            "completed cycle[1]/0 worker <one> 10/1",
            "record cycle[1]/observer id-2 critic u[<one>] -> a[<go on>]",
            "output cycle[1]/observer critic <go on> 10/1",
            "started cycle[2]/0 worker <go on>",
            "record cycle[2]/0 id-3 worker u[<go on>] -> a[<two>]",
            "output cycle[2]/0 worker <two> 10/1",
            "completed cycle[2]/0 worker <two> 10/1",
            "record cycle[2]/observer id-4 critic u[<two>] -> a[<we are done>]",
            "output cycle[2]/observer critic <we are done> 10/1");
  }

  @Test
  void tellsOfACompactionBeforeTheCallItMakesRoomFor() throws InterruptedException {
    run.agent("a", definition -> definition.compaction(1, OptionalInt.of(2)));

    run.execute(cycle(5, "a"), "hello");

    assertThat(run.journal.lines("started", "compacted", "output"))
        .containsExactly(
            "started cycle[1]/0 a <hello>",
            "output cycle[1]/0 a <seen:u> 10/1",
            "started cycle[2]/0 a <seen:u>",
            "output cycle[2]/0 a <seen:uau> 10/1",
            "started cycle[3]/0 a <seen:uau>",
            "output cycle[3]/0 a <seen:uauau> 10/1",
            "started cycle[4]/0 a <seen:uauau>",
            "compacted cycle[4]/0 a of 2, kept 1",
            "output cycle[4]/0 a <seen:uauau> 10/1",
            "started cycle[5]/0 a <seen:uauau>",
            "compacted cycle[5]/0 a of 2, kept 1",
            "output cycle[5]/0 a <seen:uauau> 10/1");
    assertThat(run.journal.lines())
        .containsSubsequence(
            "compacted cycle[4]/0 a of 2, kept 1",
            "stream cycle[4]/0 a retention record-count",
            "stream cycle[4]/0 a step-start",
            "stream cycle[4]/0 a text <seen:uauau>");
    // The summaries were streamed to nobody, but they are paid for.
    assertThat(run.model("a").roles(3)).isEqualTo("suauau");
    assertThat(run.meter.spent().usage()).isEqualTo(new Usage(70, 7));
  }

  @Test
  void tellsOfAUserAgentWithStepEventsAndARecordOnly() throws InterruptedException {
    run.user("user", true, Optional.empty()).llm("a");
    run.people.says("typed");

    run.execute(sequence("user", "a"), "");

    assertThat(run.journal.lines().subList(0, 4))
        .containsExactly(
            "started 0 user <>",
            "record 0 id-1 user u[<>] -> a[<typed>]",
            "completed 0 user <typed> 0/0",
            "started 1 a <typed>");
  }

  @Test
  void countsWhatEverybodySpent() throws InterruptedException {
    run.llm("worker", "critic");

    assertThat(run.execute(observed(OptionalInt.of(3), "critic", "worker"), "hello").usage())
        .isEqualTo(new Usage(60, 6));
  }

  @Test
  void sendsEachAgentItsOwnRestoredConversation() throws InterruptedException {
    run.llm("a", "b");
    run.execute(sequence("a", "b", "a"), "hello");
    List<CallRecord> records =
        run.journal.events(EngineEvent.CallRecorded.class).stream()
            .map(EngineEvent.CallRecorded::record)
            .toList();

    FakeRun later = new FakeRun().llm("a", "b");
    PreparedStrategy prepared = later.prepare(sequence("a", "b"));
    prepared.restore(records.stream().map(StoredRecord::of).toList());
    prepared.execute("more");

    assertThat(later.model("a").roles(0)).isEqualTo("uauau");
    assertThat(later.model("b").roles(0)).isEqualTo("uau");
  }

  @Test
  void sendsNoSupersededRecord() throws InterruptedException {
    run.llm("a");
    run.execute(sequence("a"), "hello");
    CallRecord record = run.journal.events(EngineEvent.CallRecorded.class).getFirst().record();

    FakeRun later = new FakeRun().llm("a");
    PreparedStrategy prepared = later.prepare(sequence("a"));
    prepared.restore(
        List.of(StoredRecord.of(record.supersededBy("summary")), StoredRecord.of(record)));
    prepared.execute("more");

    assertThat(later.model("a").roles(0)).isEqualTo("uau");
  }

  @Test
  void passesOverRecordsOfAgentsThatAreGone() throws InterruptedException {
    run.llm("gone");
    run.execute(sequence("gone"), "hello");
    CallRecord record = run.journal.events(EngineEvent.CallRecorded.class).getFirst().record();

    FakeRun later = new FakeRun().llm("a");
    PreparedStrategy prepared = later.prepare(sequence("a"));
    prepared.restore(List.of(StoredRecord.of(record)));

    assertThat(prepared.execute("more").text()).isEqualTo("seen:u");
  }

  @Test
  void putsTheOverrideInThePlaceOfEveryModel() throws InterruptedException {
    run.llm("a", "b").override("other/model");

    run.execute(sequence("a", "b"), "hello");

    assertThat(run.models.get("other/model").requests()).hasSize(2);
  }

  @Test
  void preparesWithoutACredentialAndFailsAtTheFirstCall() {
    run.agent("a", definition -> definition.model("nokey/model"));
    PreparedStrategy prepared = run.prepare(sequence("a"));

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> prepared.execute("hello"))
        .withMessage("Step \"a\" failed: no credential for nokey")
        .extracting(Fault::code)
        .isEqualTo(FaultCode.CREDENTIALS);
  }

  @Test
  void executesOnlyOnce() throws InterruptedException {
    run.llm("a");
    PreparedStrategy prepared = run.prepare(sequence("a"));
    prepared.execute("hello");

    assertThatIllegalStateException().isThrownBy(() -> prepared.execute("hello"));
  }

  @Test
  void refusesAnAgentOfATypeNobodyRegistered() {
    run.custom("odd");

    assertThatIllegalStateException().isThrownBy(() -> run.prepare(sequence("odd")));
  }

  @Test
  void goesOnFromWhatAnInterruptedSegmentHadSpent() throws InterruptedException {
    assertThat(costAfter(Spent.of(FakeModel.COST, Optional.of(new BigDecimal("0.000100")))))
        .contains(new BigDecimal("0.000112"));
    assertThat(costAfter(Spent.of(FakeModel.COST, Optional.empty()))).isEmpty();
  }

  /// Of an agent's two round-trips, the first of which was made before an interruption.
  private static Optional<BigDecimal> costAfter(Spent before) throws InterruptedException {
    FakeRun each = new FakeRun().llm("a");
    each.model("a").price(ModelPrice.of("1", "2"));
    CallResult result =
        each.prepare(sequence("a")).execute("go", new Recording(Map.of(), Map.of(), before, 1, 0));
    assertThat(result.usage()).isEqualTo(new Usage(20, 2));
    return result.costUsd();
  }
}
