package com.commaagents.engine.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One finished call of an agent: what it was asked and what it answered.
///
/// @param text the text of the last round-trip
/// @param usage the sum over the call's round-trips
/// @param contextUsage that of the last round-trip
/// @param supersededBy the summary record that took its place; empty: it is active
/// @param extra the fields of a record we do not know, written back as they came
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
    Optional<String> supersededBy,
    JsonNode extra) {
  public CallRecord {
    responseMessages = List.copyOf(responseMessages);
  }

  /// A record with no field that we do not know.
  public CallRecord(
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
    this(
        id,
        agentName,
        createdAt,
        userMessage,
        responseMessages,
        text,
        usage,
        contextUsage,
        finishReason,
        supersededBy,
        Part.NO_EXTRA);
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
        Optional.of(summaryId),
        extra);
  }
}
