package com.commaagents.server.http;

import static com.commaagents.server.http.TestServer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.commaagents.server.http.OutgoingQueue.Added;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class OutgoingQueueTest {
  private final AtomicLong mergedBytes = new AtomicLong();

  private static List<String> takeAll(OutgoingQueue queue) {
    List<String> all = new ArrayList<>();
    Deque<Outgoing> taken = new ArrayDeque<>();
    do {
      taken.clear();
      queue.take(taken, 1000);
      taken.forEach(m -> all.add(new String(m.utf8(), StandardCharsets.UTF_8)));
    } while (!taken.isEmpty());
    return all;
  }

  private static Outgoing ofCost(int cost) {
    return Outgoing.of(new byte[cost - OutgoingQueue.MESSAGE_COST]);
  }

  @Test
  void givesMessagesInOrder() {
    OutgoingQueue queue = new OutgoingQueue(1000);
    queue.add(message("a"));
    queue.add(message("b"));
    assertThat(takeAll(queue)).containsExactly("a", "b");
  }

  @Test
  void wakesItsTakerOncePerSleep() {
    OutgoingQueue queue = new OutgoingQueue(1000);
    assertThat(queue.add(message("a"))).isEqualTo(Added.WAKE);
    assertThat(queue.add(message("b"))).isEqualTo(Added.QUEUED);
    Deque<Outgoing> taken = new ArrayDeque<>();
    queue.take(taken, 1000);
    assertThat(queue.add(message("c"))).as("it will look once more").isEqualTo(Added.QUEUED);
    taken.clear();
    queue.take(taken, 1000);
    taken.clear();
    queue.take(taken, 1000);
    assertThat(queue.add(message("d"))).isEqualTo(Added.WAKE);
  }

  @Test
  void letsExactlyItsLimitWaitBehindTheFirst() {
    OutgoingQueue queue = new OutgoingQueue(1000);
    queue.add(ofCost(5000));
    assertThat(queue.add(ofCost(500))).isEqualTo(Added.QUEUED);
    assertThat(queue.add(ofCost(500))).isEqualTo(Added.QUEUED);
    assertThat(queue.waitingBytes()).isEqualTo(1000);
    assertThat(queue.add(ofCost(OutgoingQueue.MESSAGE_COST))).isEqualTo(Added.OVERFLOWED);
    assertThat(queue.isDrained()).isTrue();
    assertThat(queue.add(message("late"))).isEqualTo(Added.ENDED);
  }

  @Test
  void leavesOutWhatIsDispensableWhenMoreThanHalfWouldWait() {
    OutgoingQueue queue = new OutgoingQueue(1000);
    Outgoing dispensable = Outgoing.dispensable(new byte[300 - OutgoingQueue.MESSAGE_COST]);
    queue.add(ofCost(5000));
    queue.add(ofCost(200));
    assertThat(queue.add(dispensable)).as("half waits with it").isEqualTo(Added.QUEUED);
    assertThat(queue.add(dispensable)).isEqualTo(Added.LEFT_OUT);
    assertThat(queue.waitingBytes()).isEqualTo(500);
    assertThat(queue.add(ofCost(500))).as("the rest is for others").isEqualTo(Added.QUEUED);
    assertThat(takeAll(queue)).hasSize(4);
    assertThat(queue.add(dispensable)).as("it has caught up").isEqualTo(Added.WAKE);
    queue.end();
    assertThat(queue.add(dispensable)).isEqualTo(Added.ENDED);
  }

  @Test
  void countsEmptyMessagesToo() {
    OutgoingQueue queue = new OutgoingQueue(2L * OutgoingQueue.MESSAGE_COST);
    queue.add(message(""));
    queue.add(message(""));
    assertThat(queue.add(message(""))).isEqualTo(Added.QUEUED);
    assertThat(queue.add(message(""))).isEqualTo(Added.OVERFLOWED);
  }

  @Test
  void mergesNothingForAClientThatKeepsUp() {
    OutgoingQueue queue = new OutgoingQueue(8 << 20);
    for (int i = 0; i < 100; i++) {
      queue.add(Delta.of(mergedBytes, i, "a", "x"));
    }
    assertThat(takeAll(queue)).hasSize(100);
    assertThat(mergedBytes).hasValue(0);
  }

  @Test
  void mergesAdjacentMessagesWhenItsLimitIsPassed() {
    OutgoingQueue queue = new OutgoingQueue(200);
    queue.add(message("first"));
    queue.add(Delta.of(mergedBytes, 1, "a", "x"));
    queue.add(Delta.of(mergedBytes, 2, "a", "y"));
    queue.add(Delta.of(mergedBytes, 1, "b", "z"));
    queue.add(message("between"));
    queue.add(Delta.of(mergedBytes, 2, "b", "u"));
    queue.add(Delta.of(mergedBytes, 3, "b", "v"));
    assertThat(takeAll(queue))
        .containsExactly("first", "1-2:a:xy", "1-1:b:z", "between", "2-3:b:uv");
  }

  @Test
  void overflowsWhereMergingIsNotEnough() {
    OutgoingQueue queue = new OutgoingQueue(200);
    queue.add(message("first"));
    Added added = Added.QUEUED;
    for (int i = 0; added != Added.OVERFLOWED; i++) {
      assertThat(i).isLessThan(100);
      added = queue.add(Delta.of(mergedBytes, i, i % 2 == 0 ? "a" : "b", "x"));
    }
    assertThat(queue.isDrained()).isTrue();
  }

  @Test
  void mergesAMergedMessageWithWhatFollows() {
    OutgoingQueue queue = new OutgoingQueue(150);
    queue.add(message("first"));
    for (int i = 1; i <= 50; i++) {
      assertThat(queue.add(Delta.of(mergedBytes, i, "a", "x"))).isEqualTo(Added.QUEUED);
    }
    List<String> all = takeAll(queue);
    assertThat(all).first().isEqualTo("first");
    assertThat(all.get(1)).startsWith("1-").contains("xxxxxxxxxx");
    assertThat(all).hasSizeLessThan(6);
  }

  @Test
  void makesNoMergedMessageLargerThanItsLimit() {
    OutgoingQueue queue = new OutgoingQueue(8 << 20);
    queue.add(message("first"));
    String text = "x".repeat(1000);
    for (int i = 0; i < 1000; i++) {
      queue.add(Delta.of(mergedBytes, i, "a", text));
    }
    assertThat(mergedBytes.get()).isPositive();
    assertThat(takeAll(queue))
        .allMatch(m -> m.length() <= OutgoingQueue.MAX_MERGED_BYTES)
        .anyMatch(m -> m.length() > OutgoingQueue.MAX_MERGED_BYTES / 2);
  }

  @Test
  void mergesABurstWithWorkLinearInItsLength() {
    OutgoingQueue queue = new OutgoingQueue(8 << 20);
    queue.add(message("first"));
    int deltas = 500_000;
    for (int i = 0; i < deltas; i++) {
      assertThat(queue.add(Delta.of(mergedBytes, i, "a", "word "))).isEqualTo(Added.QUEUED);
    }
    assertThat(mergedBytes.get()).isLessThan(deltas * 5L * 10);
    assertThat(queue.waitingBytes()).isLessThan(deltas * 5L * 2);
    StringBuilder all = new StringBuilder();
    takeAll(queue).forEach(m -> all.append(m, m.lastIndexOf(':') + 1, m.length()));
    assertThat(all.toString()).isEqualTo("first" + "word ".repeat(deltas));
  }

  @Test
  void keepsTheOrderOfEachOfManySendersWhileMergesGoOn() throws InterruptedException {
    OutgoingQueue queue = new OutgoingQueue(64L << 20);
    int each = 30_000;
    List<String> senders = List.of("a", "b", "c");
    List<Thread> threads =
        senders.stream().map(s -> Thread.ofVirtual().start(() -> addAll(queue, s, each))).toList();
    Map<String, Integer> next = new HashMap<>();
    for (int taken = 0; taken < senders.size() * each; ) {
      for (String line : takeAll(queue)) {
        String[] parts = line.split(":", 3);
        assertThat(Integer.parseInt(parts[1])).isEqualTo(next.merge(parts[0], 1, Integer::sum) - 1);
        taken++;
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(takeAll(queue)).isEmpty();
  }

  private static void addAll(OutgoingQueue queue, String sender, int count) {
    for (int i = 0; i < count; i++) {
      queue.add(message(sender + ":" + i + ":" + "x".repeat(100)));
    }
  }

  @Test
  void letsASenderWaitForRoom() throws InterruptedException {
    OutgoingQueue queue = new OutgoingQueue(1000);
    queue.awaitRoom();
    queue.add(ofCost(100));
    queue.add(ofCost(500));
    queue.awaitRoom();
    queue.add(ofCost(100));
    Thread sender = Thread.ofVirtual().start(() -> awaitRoom(queue));
    await().until(() -> sender.getState() == Thread.State.WAITING);
    queue.take(new ArrayDeque<>(), 1);
    sender.join();
    assertThat(queue.waitingBytes()).isEqualTo(100);
  }

  @Test
  void letsNobodyWaitOnceItHasEnded() throws InterruptedException {
    OutgoingQueue queue = new OutgoingQueue(1000);
    queue.add(ofCost(100));
    queue.add(ofCost(900));
    Thread sender = Thread.ofVirtual().start(() -> awaitRoom(queue));
    await().until(() -> sender.getState() == Thread.State.WAITING);
    queue.end();
    sender.join();
    queue.awaitRoom();
  }

  private static void awaitRoom(OutgoingQueue queue) {
    try {
      queue.awaitRoom();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void isDrainedOnlyWhenEndedAndEmpty() {
    OutgoingQueue queue = new OutgoingQueue(1000);
    queue.add(message("a"));
    assertThat(queue.end()).isTrue();
    assertThat(queue.end()).isFalse();
    assertThat(queue.isDrained()).isFalse();
    assertThat(takeAll(queue)).containsExactly("a");
    assertThat(queue.isDrained()).isTrue();
  }

  /// A message that does something while it is asked whether it merges.
  private record Meddler(Runnable deed) implements Outgoing {
    @Override
    public byte[] utf8() {
      return new byte[] {'m'};
    }

    @Override
    public boolean isDispensable() {
      return false;
    }

    @Override
    public boolean mergesWith(Outgoing next) {
      deed.run();
      return false;
    }

    @Override
    public Outgoing mergedWith(List<Outgoing> following) {
      throw new IllegalStateException("it never merges");
    }
  }

  @Test
  void letsNothingOvertakeWhatIsBeingMerged() {
    OutgoingQueue queue = new OutgoingQueue(8 << 20);
    List<String> takenMeanwhile = new ArrayList<>();
    queue.add(
        new Meddler(() -> {
          queue.add(message("later"));
          takenMeanwhile.addAll(takeAll(queue));
        }));
    String large = "x".repeat(OutgoingQueue.MERGE_AT_BYTES);
    queue.add(message("a"));
    queue.add(message(large));
    assertThat(takenMeanwhile).isEmpty();
    assertThat(takeAll(queue)).containsExactly("m", "a", large, "later");
  }

  @Test
  void overflowsAtTwiceItsLimitWhileAnotherMerges() {
    OutgoingQueue queue = new OutgoingQueue(100);
    List<Added> addedMeanwhile = new ArrayList<>();
    queue.add(
        new Meddler(() -> {
          addedMeanwhile.add(queue.add(ofCost(50)));
          addedMeanwhile.add(queue.add(ofCost(40)));
          addedMeanwhile.add(queue.add(ofCost(OutgoingQueue.MESSAGE_COST)));
        }));
    queue.add(ofCost(60));
    queue.add(ofCost(50));
    assertThat(addedMeanwhile).containsExactly(Added.QUEUED, Added.QUEUED, Added.OVERFLOWED);
    assertThat(queue.isDrained()).isTrue();
  }

  @Test
  void keepsItsMessagesWhereMergingFails() {
    OutgoingQueue queue = new OutgoingQueue(100);
    queue.add(message("first"));
    queue.add(Delta.of(mergedBytes, 1, "a", "x"));
    queue.add(Delta.of(mergedBytes, 7, "a", "x"));
    assertThatIllegalStateException()
        .isThrownBy(() -> queue.add(Delta.of(mergedBytes, 8, "a", "x")));
    assertThat(takeAll(queue)).containsExactly("first", "1-1:a:x", "7-7:a:x", "8-8:a:x");
  }
}
