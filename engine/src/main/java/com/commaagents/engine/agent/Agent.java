package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.engine.resume.RecordedCall;
import java.util.List;

/// One agent of a prepared strategy, with its conversation.
///
/// INVARIANT: its methods are called one at a time, each call happening after the one before; the
/// flow sees to it. So an agent needs no lock.
public interface Agent {
  String name();

  /// Gives it back the records of its earlier calls, in order; before the first call.
  void restore(List<StoredRecord> records);

  /// Makes one call and journals it.
  ///
  /// @param path where the step stands in the flow tree
  /// @param before what an interrupted segment has done of this call already; it is not done again
  /// @throws com.commaagents.base.fault.Fault when the call failed; nothing of it is remembered
  CallResult call(StepInput input, String path, RecordedCall before) throws InterruptedException;
}
