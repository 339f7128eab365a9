package com.commaagents.models.stream;

import java.io.IOException;

/// Cuts one stream into events. Not thread-safe.
///
/// Limit: an event has at most [#MAX_EVENT_BYTES], with what frames it.
public interface EventReader {
  int MAX_EVENT_BYTES = 8 << 20;

  /// Goes to the next event that has data.
  ///
  /// @return false at the end of the stream
  /// @throws EventTooLargeException when the event is larger than the limit
  /// @throws IOException when the source broke off, or its frames are damaged
  boolean next() throws IOException, InterruptedException;

  /// The array that holds the event's data; valid, like the two below, until the next [#next].
  byte[] bytes();

  int offset();

  int length();
}
