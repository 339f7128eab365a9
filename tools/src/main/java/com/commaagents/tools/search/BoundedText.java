package com.commaagents.tools.search;

/// A text that a regular expression may look at only for a time.
///
/// Java's expressions can take time exponential in the text and know no deadline; they read every
/// character through this, and it stops them.
final class BoundedText implements CharSequence {
  private static final int READS_BETWEEN_CHECKS = 4096;

  private final CharSequence text;
  private final TimeLimit time;
  private int reads;

  BoundedText(CharSequence text, TimeLimit time) {
    this.text = text;
    this.time = time;
  }

  @Override
  public char charAt(int index) {
    if (++reads % READS_BETWEEN_CHECKS == 0) {
      time.check();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new BoundedText(text.subSequence(start, end), time);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
