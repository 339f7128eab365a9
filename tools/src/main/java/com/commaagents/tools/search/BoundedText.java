package com.commaagents.tools.search;

import com.commaagents.base.time.Clock;

/// A line that a regular expression may look at only until a deadline, or an interruption.
///
/// Java's expressions can take time exponential in the line and know no deadline; they read every
/// character through this, and it stops them.
final class BoundedText implements CharSequence {
  private static final int READS_BETWEEN_CHECKS = 4096;

  private final CharSequence text;
  private final Clock clock;
  private final long deadlineNanos;
  private int reads;

  BoundedText(CharSequence text, Clock clock, long deadlineNanos) {
    this.text = text;
    this.clock = clock;
    this.deadlineNanos = deadlineNanos;
  }

  /// The deadline has passed, or the thread was interrupted; the flag is still set then.
  static final class Stopped extends RuntimeException {
    Stopped() {
      super("the search was stopped", null, false, false);
    }
  }

  @Override
  public char charAt(int index) {
    if (++reads % READS_BETWEEN_CHECKS == 0) {
      check(clock, deadlineNanos);
    }
    return text.charAt(index);
  }

  static void check(Clock clock, long deadlineNanos) {
    if (Thread.currentThread().isInterrupted() || clock.nanos() - deadlineNanos > 0) {
      throw new Stopped();
    }
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new BoundedText(text.subSequence(start, end), clock, deadlineNanos);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
