package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How much of the files that are being written may be read: what was acknowledged. Thread-safe.
///
/// Holds one number for each log that is open.
final class ReadLimits {
  private final Map<RunId, Long> acknowledged = new ConcurrentHashMap<>();

  /// As many bytes from the front; without a bound for a file that nobody writes.
  long of(RunId runId) {
    return acknowledged.getOrDefault(runId, Long.MAX_VALUE);
  }

  void set(RunId runId, long bytes) {
    acknowledged.put(runId, bytes);
  }

  void clear(RunId runId) {
    acknowledged.remove(runId);
  }
}
