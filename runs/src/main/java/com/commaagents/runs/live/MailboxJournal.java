package com.commaagents.runs.live;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.event.ToolOutput;

/// The engine's journal: everything goes to the owner of the run, in order.
final class MailboxJournal implements Journal {
  private final Mailbox mailbox;
  private final boolean endsWork;

  private MailboxJournal(Mailbox mailbox, boolean endsWork) {
    this.mailbox = mailbox;
    this.endsWork = endsWork;
  }

  /// For the work of a segment, which ends when it still reports to a run that has ended: it has
  /// overlooked its interruption, as a plug-in may.
  static MailboxJournal ofWork(Mailbox mailbox) {
    return new MailboxJournal(mailbox, true);
  }

  /// For whoever else reports, such as a client that changes a policy: what comes too late is
  /// dropped.
  static MailboxJournal ofOthers(Mailbox mailbox) {
    return new MailboxJournal(mailbox, false);
  }

  @Override
  public void add(EngineEvent event) throws InterruptedException {
    if (!mailbox.put(new Mail.Reported(event)) && endsWork) {
      throw ended();
    }
  }

  @Override
  public void show(ToolOutput output) {
    mailbox.offer(new Mail.Shown(output));
  }

  @Override
  public void flush() throws InterruptedException {
    Answer<Boolean> onDisk = new Answer<>();
    if (!mailbox.put(new Mail.Barrier(onDisk)) || !onDisk.await()) {
      throw ended();
    }
  }

  private static InterruptedException ended() {
    return new InterruptedException("the run has ended");
  }
}
