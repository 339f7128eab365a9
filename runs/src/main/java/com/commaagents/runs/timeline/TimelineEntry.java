package com.commaagents.runs.timeline;

import java.time.Instant;

/// An event and when it happened, to the millisecond.
public record TimelineEntry(Instant at, TimelineEvent event) {}
