package com.commaagents.runs.live;

import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.event.ToolOutput;

/// The engine's journal: everything goes to the owner of the run, in order.
final class MailboxJournal implements Journal {
  private final Mailbox mailbox;

  MailboxJournal(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  @Override
  public void add(EngineEvent event) throws InterruptedException {
    if (!mailbox.put(new Mail.Reported(event))) {
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

  // Whoever still reports has overlooked the interruption, as a plug-in may.
  private static InterruptedException ended() {
    return new InterruptedException("the run has ended");
  }
}
