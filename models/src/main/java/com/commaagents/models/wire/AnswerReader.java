package com.commaagents.models.wire;

import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.http.EventSink;

/// Makes parts out of the events of one answer. Not thread-safe.
public interface AnswerReader extends EventSink {
  /// How the answer ended; asked once it has.
  TurnEnd end();
}
