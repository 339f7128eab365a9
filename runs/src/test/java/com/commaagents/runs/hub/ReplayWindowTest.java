package com.commaagents.runs.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
  private static final RunId RUN = new RunId("run-1");
  private static final int FILL = 8;
  // A message beside its text takes 200 bytes, a character two.
  private static final String EIGHTH =
      "x".repeat((int) ((ReplayWindow.MAX_BYTES / FILL - 200) / 2));

  private final AtomicLong heldInAll = new AtomicLong();
  private final ReplayWindow window = new ReplayWindow(heldInAll);

  @Test
  void holdsAsMuchOfARunAsItSays() {
    fill(window, 1, FILL);
    assertThat(heldInAll).hasValue(ReplayWindow.MAX_BYTES);
    assertThat(seqs(window, 0)).isEqualTo(LongStream.rangeClosed(1, FILL).boxed().toList());
    assertThat(window.oldest(99)).isEqualTo(1);
  }

  @Test
  void givesTheOldestOfARunUpFirst() {
    fill(window, 1, FILL);
    window.add(message(FILL + 1, "one more"));
    assertThat(seqs(window, 0)).isEqualTo(LongStream.rangeClosed(2, FILL + 1).boxed().toList());
    assertThat(window.oldest(99)).isEqualTo(2);
  }

  @Test
  void holdsNoMessageThatIsTooLargeByItself() {
    fill(window, 1, 2);
    window.add(message(3, EIGHTH.repeat(FILL + 1)));
    assertThat(seqs(window, 0)).isEmpty();
    assertThat(window.oldest(4)).isEqualTo(4);
    assertThat(heldInAll).hasValue(0);
  }

  @Test
  void holdsAsMuchOfAllRunsAsItSaysAndTheOldestOfTheRunThatGrowsGoesFirst() {
    List<ReplayWindow> others = new ArrayList<>();
    long full = ReplayWindow.MAX_BYTES_IN_ALL / ReplayWindow.MAX_BYTES - 1;
    for (int i = 0; i < full; i++) {
      ReplayWindow other = new ReplayWindow(heldInAll);
      fill(other, 1, FILL);
      others.add(other);
    }
    ReplayWindow last = new ReplayWindow(heldInAll);
    fill(last, 1, FILL - 3);
    fill(window, 1, 3);
    assertThat(heldInAll).hasValue(ReplayWindow.MAX_BYTES_IN_ALL);
    assertThat(seqs(window, 0)).containsExactly(1L, 2L, 3L);

    window.add(message(4, "one more"));

    assertThat(seqs(window, 0)).containsExactly(2L, 3L, 4L);
    assertThat(seqs(last, 0)).hasSize(FILL - 3);
    assertThat(others).allSatisfy(other -> assertThat(seqs(other, 0)).hasSize(FILL));
    others.forEach(ReplayWindow::clear);
    last.clear();
    window.clear();
    assertThat(heldInAll).hasValue(0);
  }

  @Test
  void keepsANoticeBehindTheMessageItFollowed() {
    RunNotice notice =
        new RunNotice.RequestResolved(
            RUN,
            Instant.EPOCH,
            RunNotice.Kind.INPUT,
            Optional.of("user"),
            Optional.empty(),
            new ClientId("by"));
    window.add(notice, 0);
    window.add(message(1, ""));
    window.add(notice, 1);
    window.add(message(2, ""));

    assertThat(labels(0)).containsExactly("notice 0", "Message 1", "notice 1", "Message 2");
    assertThat(labels(1)).containsExactly("notice 1", "Message 2");
    assertThat(labels(2)).isEmpty();
    assertThat(window.oldest(99)).isEqualTo(1);
  }

  @Test
  void countsTheTextOfAMessage() {
    long bare = sizeOf("");
    assertThat(sizeOf("ten chars!")).isEqualTo(bare + 20);
  }

  private long sizeOf(String text) {
    long before = heldInAll.get();
    window.add(message(1, text));
    return heldInAll.get() - before;
  }

  private List<String> labels(long after) {
    return window.after(after).stream()
        .map(held -> (held instanceof ReplayWindow.Message ? "Message " : "notice ") + held.seq())
        .toList();
  }

  private static void fill(ReplayWindow window, int first, int count) {
    IntStream.range(first, first + count).forEach(seq -> window.add(message(seq, EIGHTH)));
  }

  private static List<Long> seqs(ReplayWindow window, long after) {
    return window.after(after).stream().map(ReplayWindow.Held::seq).toList();
  }

  private static PublishedMessage message(long seq, String text) {
    return new PublishedMessage(RUN, seq, Instant.EPOCH, new RunMessage.SteerQueued(text));
  }
}
