package com.commaagents.protocol.message;

import java.time.Instant;
import java.util.Optional;

/// What every message carries that is no event of a run.
///
/// @param ts when; milliseconds go over the wire
/// @param requestId the request it answers, echoed
public record ReplyHeader(Instant ts, Optional<String> requestId) {}
