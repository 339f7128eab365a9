package com.commaagents.runs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class AnswerTest {
  @Test
  void takesTheFirst() throws InterruptedException {
    Answer<String> answer = new Answer<>();
    assertThat(answer.give("one")).isTrue();
    assertThat(answer.give("two")).isFalse();
    assertThat(answer.await()).isEqualTo("one");
    assertThat(answer.await()).isEqualTo("one");
  }

  @Test
  void ofManyExactlyOneIsFirstAndAllWhoWaitGetIt() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      Answer<Integer> answer = new Answer<>();
      ConcurrentLinkedQueue<Integer> first = new ConcurrentLinkedQueue<>();
      BlockingQueue<Integer> got = new LinkedBlockingQueue<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int offered = i;
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  if (answer.give(offered)) {
                    first.add(offered);
                  }
                  got.add(awaited(answer));
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(first).hasSize(1);
      assertThat(got).hasSize(8).containsOnly(first.element());
    }
  }

  @Test
  void letsAnInterruptedWaiterGo() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new Answer<String>().await()).isInstanceOf(InterruptedException.class);
  }

  private static int awaited(Answer<Integer> answer) {
    try {
      return answer.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
