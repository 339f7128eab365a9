package com.commaagents.models.http;

import com.commaagents.engine.model.ModelFailure;

/// What makes parts of a model's answer out of its events.
public interface EventSink {
  /// Takes the data of one event, a slice that is valid during the call only.
  ///
  /// @return whether this was the last event, by the provider's own mark
  /// @throws ModelFailure when the event is an error, or cannot be understood
  boolean event(byte[] bytes, int offset, int length) throws ModelFailure, InterruptedException;

  /// Whether the model has said that it finished; without that an ended stream is a failure.
  boolean finished();
}
