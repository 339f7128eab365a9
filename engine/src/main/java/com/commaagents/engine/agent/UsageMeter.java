package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.Usage;
import java.util.concurrent.atomic.AtomicReference;

/// Sums what a run spends: every round-trip of every agent, observers, compaction summaries and
/// launched strategies. Thread-safe.
public final class UsageMeter {
  private final AtomicReference<Usage> total = new AtomicReference<>(Usage.NONE);

  public void add(Usage usage) {
    total.accumulateAndGet(usage, Usage::plus);
  }

  public Usage total() {
    return total.get();
  }
}
