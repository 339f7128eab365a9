package com.commaagents.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MailboxTest {
  private final AtomicInteger readAgain = new AtomicInteger();
  private final Mailbox mailbox = new Mailbox(readAgain::incrementAndGet);

  @Test
  void isFullAtItsLastMessage() {
    for (int i = 1; i < Mailbox.MAX_MESSAGES; i++) {
      assertThat(mailbox.add(new byte[1])).isFalse();
    }
    assertThat(mailbox.add(new byte[1])).isTrue();
    assertThat(mailbox.add(new byte[1])).as("told once").isFalse();
  }

  @Test
  void isFullAtItsLastByte() {
    assertThat(mailbox.add(new byte[Mailbox.MAX_BYTES - 1])).isFalse();
    assertThat(mailbox.add(new byte[1])).isTrue();
  }

  @Test
  void readsOnAtHalf() throws InterruptedException {
    for (int i = 0; i < Mailbox.MAX_MESSAGES; i++) {
      mailbox.add(new byte[1]);
    }
    for (int i = 1; i < Mailbox.MAX_MESSAGES / 2; i++) {
      mailbox.take();
    }
    assertThat(readAgain).hasValue(0);
    mailbox.take();
    assertThat(readAgain).hasValue(1);
    mailbox.take();
    assertThat(readAgain).hasValue(1);
  }

  @Test
  void givesWhatItHoldsBeforeItEnds() throws InterruptedException {
    mailbox.add(new byte[] {1});
    mailbox.end();
    assertThat(mailbox.add(new byte[] {2})).isFalse();
    assertThat(mailbox.take()).hasValueSatisfying(m -> assertThat(m).containsExactly(1));
    assertThat(mailbox.take()).isEmpty();
  }

  @Test
  void givesNothingOnceDropped() throws InterruptedException {
    mailbox.add(new byte[] {1});
    mailbox.drop();
    assertThat(mailbox.take()).isEmpty();
  }
}
