package com.commaagents.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A message `from-to:source:text` that merges with the next numbers of its source.
final class Delta implements Outgoing {
  /// How many bytes were put together by merging, over all deltas that share the counter.
  private final AtomicLong mergedBytes;

  private final int from;
  private final int to;
  private final String source;
  private final String text;
  private final byte[] utf8;

  private Delta(AtomicLong mergedBytes, int from, int to, String source, String text) {
    this.mergedBytes = mergedBytes;
    this.from = from;
    this.to = to;
    this.source = source;
    this.text = text;
    utf8 = (from + "-" + to + ":" + source + ":" + text).getBytes(StandardCharsets.UTF_8);
  }

  static Delta of(AtomicLong mergedBytes, int number, String source, String text) {
    return new Delta(mergedBytes, number, number, source, text);
  }

  @Override
  public byte[] utf8() {
    return utf8;
  }

  @Override
  public boolean isDispensable() {
    return false;
  }

  @Override
  public boolean mergesWith(Outgoing next) {
    return next instanceof Delta delta && delta.source.equals(source);
  }

  @Override
  public Outgoing mergedWith(List<Outgoing> following) {
    StringBuilder all = new StringBuilder(text);
    int last = to;
    for (Outgoing next : following) {
      Delta delta = (Delta) next;
      if (delta.from != last + 1) {
        throw new IllegalStateException(delta.from + " does not follow " + last);
      }
      last = delta.to;
      all.append(delta.text);
    }
    mergedBytes.addAndGet(all.length());
    return new Delta(mergedBytes, from, last, source, all.toString());
  }
}
