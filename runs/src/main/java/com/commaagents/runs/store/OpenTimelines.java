package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The files of runs that are being written, for those who read them. Thread-safe.
///
/// Holds one for each log that is open, and for each that could not be closed yet.
final class OpenTimelines {
  private final Map<RunId, OpenTimeline> open = new ConcurrentHashMap<>();

  /// What may be read of a run: what was acknowledged.
  Acknowledged of(RunId runId) {
    OpenTimeline file = open.get(runId);
    return file == null ? Acknowledged.WHOLE_FILE : file.acknowledged();
  }

  void add(OpenTimeline file) {
    open.put(file.runId(), file);
  }

  void remove(OpenTimeline file) {
    open.remove(file.runId(), file);
  }
}
