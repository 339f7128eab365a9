package com.commaagents.engine.conversation;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.ContextUsage.InputDetails;
import com.commaagents.engine.conversation.ContextUsage.OutputDetails;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads records and retention events; total on any tree.
final class ConversationReader {
  private static final Set<String> RECORD_FIELDS =
      Set.of(
          "id",
          "agentName",
          "createdAt",
          "userMessage",
          "responseMessages",
          "text",
          "usage",
          "contextUsage",
          "finishReason",
          "status",
          "supersededBy");
  private static final Set<String> EVENT_FIELDS =
      Set.of(
          "id",
          "agentName",
          "createdAt",
          "kind",
          "reason",
          "trigger",
          "recordsCompacted",
          "recordsRetained",
          "summaryRecord",
          "supersededRecordIds",
          "insertBeforeRecordId");

  private ConversationReader() {}

  static Optional<CallRecord> record(JsonNode json) {
    Optional<String> id = Json.text(json, "id").filter(text -> !text.isEmpty());
    Optional<String> agentName = Json.text(json, "agentName");
    Optional<Instant> createdAt = instant(json.path("createdAt"));
    Optional<Message> userMessage = MessageReader.message(json.path("userMessage"));
    Optional<List<Message>> responses = responses(json.path("responseMessages"));
    Optional<String> text = Json.text(json, "text");
    Optional<Usage> usage = usage(json.path("usage"));
    Optional<String> finishReason = Json.text(json, "finishReason");
    if (id.isEmpty()
        || agentName.isEmpty()
        || createdAt.isEmpty()
        || !(userMessage.orElse(null) instanceof Message.User user)
        || responses.isEmpty()
        || text.isEmpty()
        || usage.isEmpty()
        || finishReason.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CallRecord(
            id.get(),
            agentName.get(),
            createdAt.get(),
            user,
            responses.get(),
            text.get(),
            usage.get(),
            contextUsage(json.path("contextUsage")),
            FinishReason.of(finishReason.get()),
            supersededBy(json),
            extra(json, RECORD_FIELDS)));
  }

  private static Optional<String> supersededBy(JsonNode json) {
    boolean superseded = Json.text(json, "status").filter("superseded"::equals).isPresent();
    return superseded ? Optional.of(Json.text(json, "supersededBy").orElse("")) : Optional.empty();
  }

  private static Optional<List<Message>> responses(JsonNode json) {
    if (!json.isArray()) {
      return Optional.empty();
    }
    List<Message> messages = new ArrayList<>(json.size());
    for (JsonNode element : json) {
      Optional<Message> message = MessageReader.message(element);
      if (message.isEmpty() || message.get() instanceof Message.User) {
        return Optional.empty();
      }
      messages.add(message.get());
    }
    return Optional.of(messages);
  }

  static Optional<Usage> usage(JsonNode json) {
    OptionalLong prompt = count(json, "promptTokens");
    OptionalLong completion = count(json, "completionTokens");
    return prompt.isPresent() && completion.isPresent()
        ? Optional.of(new Usage(prompt.getAsLong(), completion.getAsLong()))
        : Optional.empty();
  }

  static Optional<ContextUsage> contextUsage(JsonNode json) {
    OptionalLong total = count(json, "totalTokens");
    if (total.isEmpty()) {
      return Optional.empty();
    }
    JsonNode input = json.path("inputTokenDetails");
    JsonNode output = json.path("outputTokenDetails");
    return Optional.of(
        new ContextUsage(
            total.getAsLong(),
            count(json, "inputTokens"),
            count(json, "outputTokens"),
            input.isObject()
                ? Optional.of(
                    new InputDetails(
                        count(input, "noCacheTokens"),
                        count(input, "cacheReadTokens"),
                        count(input, "cacheWriteTokens")))
                : Optional.empty(),
            output.isObject()
                ? Optional.of(
                    new OutputDetails(
                        count(output, "textTokens"), count(output, "reasoningTokens")))
                : Optional.empty()));
  }

  static Optional<RetentionEvent> retentionEvent(JsonNode json) {
    Optional<String> id = Json.text(json, "id").filter(text -> !text.isEmpty());
    Optional<String> agentName = Json.text(json, "agentName");
    Optional<Instant> createdAt = instant(json.path("createdAt"));
    Optional<RetentionEvent.Reason> reason = reason(Json.text(json, "reason").orElse(""));
    OptionalLong compacted = count(json, "recordsCompacted");
    OptionalLong retained = count(json, "recordsRetained");
    Optional<CallRecord> summary = record(json.path("summaryRecord"));
    Optional<List<String>> superseded = texts(json.path("supersededRecordIds"));
    if (id.isEmpty()
        || agentName.isEmpty()
        || createdAt.isEmpty()
        || Json.text(json, "kind").filter("compaction"::equals).isEmpty()
        || reason.isEmpty()
        || !json.path("trigger").isObject()
        || compacted.isEmpty()
        || retained.isEmpty()
        || summary.isEmpty()
        || superseded.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RetentionEvent(
            id.get(),
            agentName.get(),
            createdAt.get(),
            reason.get(),
            trigger(json.path("trigger")),
            compacted.getAsLong(),
            retained.getAsLong(),
            summary.get(),
            superseded.get(),
            Json.text(json, "insertBeforeRecordId"),
            extra(json, EVENT_FIELDS)));
  }

  private static Optional<RetentionEvent.Reason> reason(String label) {
    return switch (label) {
      case "context-window" -> Optional.of(RetentionEvent.Reason.CONTEXT_WINDOW);
      case "record-count" -> Optional.of(RetentionEvent.Reason.RECORD_COUNT);
      default -> Optional.empty();
    };
  }

  private static RetentionEvent.Trigger trigger(JsonNode json) {
    return new RetentionEvent.Trigger(
        Json.text(json, "model"),
        contextUsage(json.path("contextUsage")),
        count(json, "tokenLimit"),
        count(json, "contextWindow"),
        count(json, "maxInputTokens"),
        number(json, "ratio"),
        number(json, "thresholdRatio"),
        count(json, "activeRecordCount"),
        count(json, "recordThreshold"));
  }

  private static Optional<List<String>> texts(JsonNode json) {
    if (!json.isArray()) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>(json.size());
    for (JsonNode element : json) {
      if (!element.isString()) {
        return Optional.empty();
      }
      texts.add(element.stringValue());
    }
    return Optional.of(texts);
  }

  private static Optional<Instant> instant(JsonNode json) {
    if (!json.isString()) {
      return Optional.empty();
    }
    String text = json.stringValue();
    Optional<Instant> usual = InstantText.parse(text);
    if (usual.isPresent()) {
      return usual;
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException notAnInstant) {
      return Optional.empty();
    }
  }

  private static OptionalLong count(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  private static OptionalDouble number(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
  }

  /// The fields that are not known.
  static JsonNode extra(JsonNode json, Set<String> known) {
    ObjectNode extra = null;
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!known.contains(field.getKey())) {
        extra = extra == null ? Json.object() : extra;
        extra.set(field.getKey(), field.getValue());
      }
    }
    return extra == null ? Part.NO_EXTRA : extra;
  }
}
