package com.commaagents.runs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.runs.timeline.TimelineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final Mailbox mailbox = new Mailbox();

  @Test
  void givesWhatCameInOrder() throws InterruptedException {
    mailbox.put(mail("a", 0));
    mailbox.put(mail("a", 1));
    assertThat(mailbox.takeAll()).containsExactly(mail("a", 0), mail("a", 1));
    mailbox.put(mail("a", 2));
    assertThat(mailbox.takeAll()).containsExactly(mail("a", 2));
  }

  @Test
  void letsASenderWaitForRoomAtItsCapacity() throws InterruptedException {
    fill();
    BlockingQueue<Boolean> accepted = new LinkedBlockingQueue<>();
    Thread sender = sender(accepted);
    awaitWaiting(sender);
    assertThat(accepted).isEmpty();

    assertThat(mailbox.takeAll()).hasSize(Mailbox.CAPACITY);
    assertThat(accepted.take()).isTrue();
    assertThat(mailbox.takeAll()).containsExactly(mail("late", 0));
  }

  @Test
  void leavesOutWhatIsOnlyOfferedWhenItIsHalfFull() throws InterruptedException {
    for (int i = 0; i < Mailbox.CAPACITY / 2; i++) {
      mailbox.offer(mail("offered", i));
    }
    mailbox.offer(mail("left out", 0));
    mailbox.put(mail("a", 0));
    assertThat(mailbox.takeAll())
        .hasSize(Mailbox.CAPACITY / 2 + 1)
        .endsWith(mail("offered", Mailbox.CAPACITY / 2 - 1), mail("a", 0));

    mailbox.offer(mail("offered", 0));
    assertThat(mailbox.close()).containsExactly(mail("offered", 0));
    mailbox.offer(mail("left out", 0));
    assertThat(mailbox.close()).isEmpty();
  }

  @Test
  void takesNothingMoreOnceItIsClosed() throws InterruptedException {
    mailbox.put(mail("a", 0));
    assertThat(mailbox.close()).containsExactly(mail("a", 0));
    assertThat(mailbox.put(mail("a", 1))).isFalse();
    assertThat(mailbox.close()).isEmpty();
  }

  @Test
  void letsTheSendersGoWhenItIsClosed() throws InterruptedException {
    fill();
    BlockingQueue<Boolean> accepted = new LinkedBlockingQueue<>();
    List<Thread> senders = IntStream.range(0, 5).mapToObj(_ -> sender(accepted)).toList();
    senders.forEach(MailboxTest::awaitWaiting);

    assertThat(mailbox.close()).hasSize(Mailbox.CAPACITY);
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(accepted).containsExactly(false, false, false, false, false);
  }

  @Test
  void letsASenderGoThatIsInterrupted() throws InterruptedException {
    fill();
    BlockingQueue<Boolean> accepted = new LinkedBlockingQueue<>();
    Thread sender = sender(accepted);
    awaitWaiting(sender);
    sender.interrupt();
    sender.join();
    assertThat(accepted).isEmpty();
    assertThat(mailbox.takeAll()).hasSize(Mailbox.CAPACITY);
  }

  @Test
  void refusesTheMailOfAnInterruptedSender() throws InterruptedException {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> mailbox.put(mail("a", 0))).isInstanceOf(InterruptedException.class);
    assertThat(mailbox.close()).isEmpty();
  }

  @Test
  void keepsTheOrderOfEachSender() throws InterruptedException {
    int senders = 8;
    int each = 3 * Mailbox.CAPACITY;
    List<Thread> threads = new ArrayList<>();
    for (int s = 0; s < senders; s++) {
      String name = "s" + s;
      threads.add(Thread.ofVirtual().start(() -> sendMany(name, each)));
    }
    Map<String, Integer> next = new HashMap<>();
    int taken = 0;
    while (taken < senders * each) {
      List<Mail> batch = mailbox.takeAll();
      assertThat(batch).hasSizeBetween(1, Mailbox.CAPACITY);
      for (Mail mail : batch) {
        String[] from = label(mail).split(" ", -1);
        int expected = next.merge(from[0], 1, Integer::sum) - 1;
        assertThat(Integer.parseInt(from[1])).isEqualTo(expected);
      }
      taken += batch.size();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(mailbox.close()).isEmpty();
  }

  private void fill() throws InterruptedException {
    for (int i = 0; i < Mailbox.CAPACITY; i++) {
      assertThat(mailbox.put(mail("a", i))).isTrue();
    }
  }

  private Thread sender(BlockingQueue<Boolean> accepted) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            accepted.add(mailbox.put(mail("late", 0)));
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void sendMany(String name, int count) {
    try {
      for (int i = 0; i < count; i++) {
        mailbox.put(mail(name, i));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitWaiting(Thread thread) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> thread.getState() == Thread.State.WAITING);
  }

  private static Mail mail(String sender, int number) {
    return new Mail.Steered(new TimelineEvent.Steering("id", sender + " " + number));
  }

  private static String label(Mail mail) {
    return mail instanceof Mail.Steered(var steering) ? steering.text() : "";
  }
}
