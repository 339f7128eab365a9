package com.commaagents.protocol.message;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// What every event of a run carries.
///
/// @param seq the event's number in its run, from 1
/// @param path where in the flow tree it happened, for example `1/cycle[2]/0`
/// @param ts when; milliseconds go over the wire
/// @param requestId the request that caused it, echoed
public record EventHeader(
    String runId, OptionalLong seq, Optional<String> path, Instant ts, Optional<String> requestId) {
  public EventHeader {
    if (seq.isPresent() && seq.getAsLong() < 1) {
      throw new IllegalArgumentException("events are numbered from 1");
    }
  }

  /// An event without number, place or echo.
  public static EventHeader of(String runId, Instant ts) {
    return new EventHeader(runId, OptionalLong.empty(), Optional.empty(), ts, Optional.empty());
  }
}
