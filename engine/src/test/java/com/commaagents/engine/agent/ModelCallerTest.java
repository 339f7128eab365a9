package com.commaagents.engine.agent;

import static com.commaagents.engine.fakes.FakeRun.cycle;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.fakes.FakeModel;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.model.ModelPart;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// When a failed round-trip is tried again.
final class ModelCallerTest {
  private final FakeRun run = new FakeRun();

  @Test
  void triesAgainTwiceByDefaultAndWaitsLongerEachTime() throws InterruptedException {
    run.llm("a");
    run.model("a").fails(500, true).fails(429, true).says("at last");

    assertThat(run.execute(sequence("a"), "hello").text()).isEqualTo("at last");
    assertThat(run.clock.sleeps()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(run.meter.spent().usage()).isEqualTo(FakeModel.COST);
  }

  @Test
  void givesUpAfterTheLastTryAndSaysWhy() {
    run.llm("a");
    run.model("a").fails(500, true).fails(500, true).fails(503, true).says("too late");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("a"), "hello"))
        .withMessage("Step \"a\" failed: acme answered 503 (tried 3 times)")
        .extracting(Fault::code)
        .isEqualTo(FaultCode.UPSTREAM);
    assertThat(run.journal.lines()).containsExactly("started 0 a <hello>");
  }

  @Test
  void doesNotTryAgainWhatCannotSucceed() {
    run.llm("a");
    run.model("a").fails(400, false).says("never");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("a"), "hello"))
        .withMessage("Step \"a\" failed: acme answered 400");
    assertThat(run.clock.sleeps()).isEmpty();
  }

  @Test
  void doesNotTryAgainOnceAPartWasSeen() {
    run.llm("a");
    run.model("a")
        .then(listener -> {
          listener.part(new ModelPart.Text("half"));
          throw FakeModel.failure(502, true, Optional.empty());
        })
        .says("never");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("a"), "hello"))
        .withMessage("Step \"a\" failed: acme answered 502");
    assertThat(run.journal.lines())
        .containsExactly("started 0 a <hello>", "stream 0 a step-start", "stream 0 a text <half>");
  }

  @Test
  void takesAnEmptyTextForNothing() throws InterruptedException {
    run.llm("a");
    run.model("a")
        .then(listener -> {
          listener.part(new ModelPart.Text(""));
          throw FakeModel.failure(502, true, Optional.empty());
        })
        .says("whole");

    assertThat(run.execute(sequence("a"), "hello").text()).isEqualTo("whole");
  }

  @Test
  void obeysMaxRetries() {
    run.agent("a", definition -> definition.maxRetries(0));
    run.model("a").fails(500, true).says("never");

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("a"), "hello"))
        .withMessage("Step \"a\" failed: acme answered 500");
  }

  @Test
  void waitsAsLongAsTheProviderAsks() throws InterruptedException {
    run.llm("a");
    run.model("a")
        .fails(429, true, Optional.of(Duration.ofSeconds(7)))
        .fails(429, true, Optional.of(ModelCaller.MAX_RETRY_AFTER))
        .says("ok");

    run.execute(sequence("a"), "hello");

    assertThat(run.clock.sleeps())
        .containsExactly(Duration.ofSeconds(7), ModelCaller.MAX_RETRY_AFTER);
  }

  @Test
  void failsAtOnceWhenTheProviderAsksForTooMuch() {
    run.llm("a");
    run.model("a").fails(429, true, Optional.of(ModelCaller.MAX_RETRY_AFTER.plusSeconds(1)));

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("a"), "hello"))
        .withMessage("Step \"a\" failed: acme answered 429; the provider asks to wait 601 s");
    assertThat(run.clock.sleeps()).isEmpty();
  }

  @Test
  void neverWaitsLongerThanItsBound() throws InterruptedException {
    run.agent("a", definition -> definition.maxRetries(70));
    IntStream.range(0, 70).forEach(_ -> run.model("a").fails(500, true));

    run.execute(sequence("a"), "hello");

    assertThat(run.clock.sleeps()).hasSize(70).endsWith(ModelCaller.MAX_WAIT);
  }

  @Test
  void countsTriesOfEachRoundTripByItself() throws InterruptedException {
    run.llm("a");
    run.model("a").fails(500, true).fails(500, true).says("one").fails(500, true).says("two");

    assertThat(run.execute(cycle(2, "a"), "hello").text()).isEqualTo("two");
  }

  @Test
  void triesASummaryAgainEvenAfterItsFirstPart() throws InterruptedException {
    run.agent("a", definition -> definition.compaction(1, OptionalInt.of(2)));
    run.model("a")
        .says("1")
        .says("2")
        .says("3")
        .then(listener -> {
          listener.part(new ModelPart.Text("half a summary"));
          throw FakeModel.failure(502, true, Optional.empty());
        })
        .says("summary")
        .says("4");

    assertThat(run.execute(cycle(4, "a"), "hello").text()).isEqualTo("4");
    assertThat(run.meter.spent().usage()).isEqualTo(new Usage(50, 5));
  }
}
