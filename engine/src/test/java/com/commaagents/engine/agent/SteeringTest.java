package com.commaagents.engine.agent;

import static com.commaagents.engine.fakes.FakeRun.observed;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.fakes.FakeRun;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class SteeringTest {
  private final FakeRun run = new FakeRun();

  @Test
  void mergesQueuedTextsIntoTheMessageInOrder() throws InterruptedException {
    run.llm("a");
    run.people.steers("one");
    run.people.steers("two");

    run.execute(sequence("a"), "hello");

    assertThat(run.journal.lines("started", "record"))
        .containsExactly(
            "started 0 a <hello>",
            "record 0 id-1 a u[<hello\n\n<user_steering>\none\n</user_steering>\n\n"
                + "<user_steering>\ntwo\n</user_steering>>] -> a[<seen:u>]");
  }

  @Test
  void isAloneInAnEmptyMessage() throws InterruptedException {
    run.llm("a");
    run.people.steers("one");

    run.execute(sequence("a"), "");

    assertThat(run.model("a").requests().getFirst().messages().getFirst().content().text())
        .isEqualTo("<user_steering>\none\n</user_steering>");
  }

  @Test
  void passesAUserAgentByAndReachesTheNextModel() throws InterruptedException {
    run.user("user", false, Optional.empty()).llm("a", "b");
    run.people.steers("one");

    run.execute(sequence("user", "a", "b"), "hello");

    assertThat(run.journal.lines("record"))
        .containsExactly(
            "record 0 id-1 user u[<hello>] -> a[<hello>]",
            "record 1 id-2 a u[<hello\n\n<user_steering>\none\n</user_steering>>] -> a[<seen:u>]",
            "record 2 id-3 b u[<seen:u>] -> a[<seen:u>]");
  }

  @Test
  void reachesAnObserverToo() throws InterruptedException {
    run.llm("worker", "critic");
    run.model("worker")
        .then(_ -> {
          run.people.steers("stricter");
          return FinishReason.STOP;
        });

    run.execute(observed(OptionalInt.of(1), "critic", "worker"), "hello");

    assertThat(run.model("critic").requests().getFirst().messages().getFirst().content().text())
        .isEqualTo("<user_steering>\nstricter\n</user_steering>");
  }
}
