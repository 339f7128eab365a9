package com.commaagents.base.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TaskScopeTest {
  @Test
  void givesTheResultsInTheOrderOfTheTasks() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(1);
    List<Callable<String>> tasks =
        List.of(
            () -> {
              second.await();
              return "first";
            },
            () -> {
              second.countDown();
              return "second";
            });
    assertThat(TaskScope.<String>all("test", tasks)).containsExactly("first", "second");
  }

  @Test
  void theFirstFailureInterruptsTheOthersAndIsThrown() {
    CountDownLatch interrupted = new CountDownLatch(1);
    List<Callable<String>> tasks =
        List.of(
            () -> waiting(interrupted),
            () -> {
              throw new IllegalStateException("no");
            });
    assertThatThrownBy(() -> TaskScope.<String>all("test", tasks)).hasMessage("no");
    assertThat(interrupted.getCount()).isZero();
  }

  @Test
  void anInterruptionOfTheCallerEndsAllTasks() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicReference<String> end = new AtomicReference<>("");
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                end.set(
                    TaskScope.<String>all("test", List.of(() -> waiting(interrupted))).toString());
              } catch (InterruptedException expected) {
                end.set("interrupted");
              }
            });
    caller.interrupt();
    caller.join();
    assertThat(end).hasValue("interrupted");
    assertThat(interrupted.getCount()).isZero();
  }

  private static String waiting(CountDownLatch interrupted) throws InterruptedException {
    try {
      new CountDownLatch(1).await();
      return "never";
    } finally {
      interrupted.countDown();
    }
  }
}
