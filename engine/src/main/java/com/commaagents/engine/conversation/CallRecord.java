package com.commaagents.engine.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One finished call of an agent: what it was asked and what it answered.
///
/// @param text the text of the last round-trip
/// @param usage the sum over the call's round-trips
/// @param contextUsage that of the last round-trip
/// @param supersededBy the summary record that took its place; empty: it is active
public record CallRecord(
    String id,
    String agentName,
    Instant createdAt,
    Message.User userMessage,
    List<Message> responseMessages,
    String text,
    Usage usage,
    Optional<ContextUsage> contextUsage,
    FinishReason finishReason,
    Optional<String> supersededBy) {
  public CallRecord {
    responseMessages = List.copyOf(responseMessages);
  }

  /// Whether it is still part of the prompt.
  public boolean active() {
    return supersededBy.isEmpty();
  }

  public CallRecord supersededBy(String summaryId) {
    return new CallRecord(
        id,
        agentName,
        createdAt,
        userMessage,
        responseMessages,
        text,
        usage,
        contextUsage,
        finishReason,
        Optional.of(summaryId));
  }
}
