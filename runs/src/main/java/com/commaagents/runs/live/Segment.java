package com.commaagents.runs.live;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunState;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The execution of one segment, on a thread of its own. However it ends, the run's owner is told
/// once, by mail.
///
/// Limit: [#PATIENCE]; an execution that does not heed its interruption is left behind.
final class Segment {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

  private final RunId runId;
  private final Mailbox mailbox;
  private final Thread thread;

  private Segment(RunId runId, LiveRun.Execution execution, Mail.Start start, Mailbox mailbox) {
    this.runId = runId;
    this.mailbox = mailbox;
    this.thread =
        Thread.ofVirtual().name("execute-" + runId).unstarted(() -> execute(execution, start));
  }

  static Segment start(
      RunId runId, LiveRun.Execution execution, Mail.Start start, Mailbox mailbox) {
    Segment segment = new Segment(runId, execution, start, mailbox);
    segment.thread.start();
    return segment;
  }

  /// Interrupts it, if it still works, and waits until it has ended.
  void end() {
    thread.interrupt();
    try {
      if (!thread.join(PATIENCE)) {
        LOG.warn("run {}: its work does not end; clean-up goes on without it", runId);
      }
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("nobody interrupts the owner of a run", impossible);
    }
  }

  private void execute(LiveRun.Execution execution, Mail.Start start) {
    Mail.Finished end =
        failed("The run ended for a reason that is in the log; it is a defect of the daemon.");
    try {
      end =
          new Mail.Finished(
              RunState.Finished.completed(),
              Optional.of(execution.execute(start.text(), start.recording())));
    } catch (Fault expected) {
      LOG.debug("run {} failed", runId, expected);
      end = failed(expected.message());
    } catch (InterruptedException stopped) {
      end = failed("The run was interrupted.");
    } catch (RuntimeException defect) {
      LOG.error("run {} met a defect", runId, defect);
    } finally {
      deliver(end);
    }
  }

  private static Mail.Finished failed(String message) {
    return new Mail.Finished(
        RunState.Finished.failed(RunError.EXECUTION_ERROR, message), Optional.empty());
  }

  private void deliver(Mail.Finished end) {
    // An interruption that came after the work was done must not lose its end.
    boolean interrupted = Thread.interrupted();
    try {
      mailbox.put(end);
    } catch (InterruptedException stopped) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
