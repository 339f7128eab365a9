package com.commaagents.runs.live;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/// What is put into a mailbox is taken once, or was not taken in.
public final class MailboxStress {
  private MailboxStress() {}

  private static Mail mail() {
    return new Mail.Barrier(new Answer<>());
  }

  private static boolean put(Mailbox box) {
    try {
      return box.put(mail());
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /// What was taken in before the box was closed is handed back.
  @JCStressTest
  @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "taken in and handed back")
  @Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "turned away")
  @State
  public static class PutAndClose {
    private final Mailbox box = new Mailbox();

    @Actor
    public void put(ZI_Result result) {
      result.r1 = MailboxStress.put(box);
    }

    @Actor
    public void close(ZI_Result result) {
      result.r2 = box.close().size();
    }
  }

  /// Two senders and a box that is closed behind them.
  @JCStressTest
  @Outcome(id = "true, true, 2", expect = Expect.ACCEPTABLE, desc = "both are there")
  @State
  public static class TwoPuts {
    private final Mailbox box = new Mailbox();

    @Actor
    public void first(ZZI_Result result) {
      result.r1 = MailboxStress.put(box);
    }

    @Actor
    public void second(ZZI_Result result) {
      result.r2 = MailboxStress.put(box);
    }

    @Arbiter
    public void count(ZZI_Result result) {
      result.r3 = box.close().size();
    }
  }

  /// The taker is woken by what is put, and takes all of it once.
  @JCStressTest
  @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "taken")
  @State
  public static class PutAndTake {
    private final Mailbox box = new Mailbox();

    @Actor
    public void put(ZI_Result result) {
      result.r1 = MailboxStress.put(box);
    }

    @Actor
    public void take(ZI_Result result) {
      try {
        result.r2 = box.takeAll().size();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
  }

  /// A sender who waits for room goes on when the box is closed.
  @JCStressTest
  @Outcome(id = "false, 1024", expect = Expect.ACCEPTABLE, desc = "turned away")
  @State
  public static class FullAndClose {
    private final Mailbox box = new Mailbox();

    public FullAndClose() {
      for (int i = 0; i < Mailbox.CAPACITY; i++) {
        MailboxStress.put(box);
      }
    }

    @Actor
    public void put(ZI_Result result) {
      result.r1 = MailboxStress.put(box);
    }

    @Actor
    public void close(ZI_Result result) {
      result.r2 = box.close().size();
    }
  }
}
