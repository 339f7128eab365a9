package com.commaagents.engine.conversation;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Timestamps;
import com.commaagents.engine.conversation.Message.Content;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON form of what was said, as it stands on the timeline and on the wire.
///
/// Reading is total: what is malformed in a field that must be there is an empty result, what is
/// malformed in an optional one is left out. Parts of an unknown kind, and unknown fields of parts,
/// records and retention events, are kept and written back. Thread-safe.
///
/// Source: `ModelMessage` of the Vercel AI SDK, for the messages.
public final class ConversationJson {
  private ConversationJson() {}

  public static Optional<CallRecord> record(JsonNode json) {
    return ConversationReader.record(json);
  }

  public static Optional<RetentionEvent> retentionEvent(JsonNode json) {
    return ConversationReader.retentionEvent(json);
  }

  public static Optional<Message> message(JsonNode json) {
    return MessageReader.message(json);
  }

  public static Optional<Usage> usage(JsonNode json) {
    return ConversationReader.usage(json);
  }

  public static Optional<ContextUsage> contextUsage(JsonNode json) {
    return ConversationReader.contextUsage(json);
  }

  /// A record; `status` is written only where it is superseded.
  public static ObjectNode write(CallRecord record) {
    ObjectNode json = Json.object();
    json.put("id", record.id());
    json.put("agentName", record.agentName());
    json.put("createdAt", Timestamps.format(record.createdAt()));
    json.set("userMessage", write(record.userMessage()));
    ArrayNode responses = json.putArray("responseMessages");
    record.responseMessages().forEach(message -> responses.add(write(message)));
    json.put("text", record.text());
    json.set("usage", write(record.usage()));
    record.contextUsage().ifPresent(usage -> json.set("contextUsage", write(usage)));
    json.put("finishReason", record.finishReason().label());
    record.supersededBy().ifPresent(summaryId -> with(json, superseded(summaryId)));
    return with(json, record.extra());
  }

  /// The fields of a record that say that a summary took its place.
  static ObjectNode superseded(String summaryId) {
    ObjectNode json = Json.object().put("status", "superseded");
    if (!summaryId.isEmpty()) {
      json.put("supersededBy", summaryId);
    }
    return json;
  }

  public static ObjectNode write(Message message) {
    ObjectNode json = Json.object();
    json.put(
        "role",
        switch (message) {
          case Message.User _ -> "user";
          case Message.Assistant _ -> "assistant";
          case Message.Tool _ -> "tool";
        });
    switch (message.content()) {
      case Content.Plain(var text) -> json.put("content", text);
      case Content.Parts(var parts) -> {
        ArrayNode content = json.putArray("content");
        parts.forEach(part -> content.add(write(part)));
      }
    }
    return json;
  }

  private static JsonNode write(Part part) {
    return switch (part) {
      case Part.Text(var text, var extra) -> with(typed("text").put("text", text), extra);
      case Part.Reasoning(var text, var providerOptions, var extra) -> {
        ObjectNode json = typed("reasoning").put("text", text);
        if (!providerOptions.isEmpty()) {
          json.set("providerOptions", providerOptions);
        }
        yield with(json, extra);
      }
      case Part.ToolCall(var id, var name, var input, var extra) -> {
        ObjectNode json = typed("tool-call").put("toolCallId", id).put("toolName", name);
        json.set("input", input);
        yield with(json, extra);
      }
      case Part.ToolResult result -> write(result);
      case Part.Other(var raw) -> raw;
    };
  }

  private static ObjectNode write(Part.ToolResult result) {
    ObjectNode json = typed("tool-result");
    json.put("toolCallId", result.toolCallId()).put("toolName", result.toolName());
    ObjectNode output = json.putObject("output");
    output.put("type", result.outputKind().label());
    output.set("value", result.output());
    for (Map.Entry<String, JsonNode> field : result.extra().properties()) {
      if (field.getKey().equals("output")) {
        with(output, field.getValue());
      } else {
        json.set(field.getKey(), field.getValue());
      }
    }
    return json;
  }

  public static ObjectNode write(Usage usage) {
    return Json.object()
        .put("promptTokens", usage.promptTokens())
        .put("completionTokens", usage.completionTokens());
  }

  public static ObjectNode write(ContextUsage usage) {
    ObjectNode json = Json.object().put("totalTokens", usage.totalTokens());
    put(json, "inputTokens", usage.inputTokens());
    put(json, "outputTokens", usage.outputTokens());
    usage
        .inputDetails()
        .ifPresent(details -> {
          ObjectNode input = json.putObject("inputTokenDetails");
          put(input, "noCacheTokens", details.noCacheTokens());
          put(input, "cacheReadTokens", details.cacheReadTokens());
          put(input, "cacheWriteTokens", details.cacheWriteTokens());
        });
    usage
        .outputDetails()
        .ifPresent(details -> {
          ObjectNode output = json.putObject("outputTokenDetails");
          put(output, "textTokens", details.textTokens());
          put(output, "reasoningTokens", details.reasoningTokens());
        });
    return json;
  }

  /// The result of a step, as clients get it.
  public static ObjectNode write(CallResult result) {
    ObjectNode json = Json.object().put("text", result.text());
    json.set("usage", write(result.usage()));
    result.contextUsage().ifPresent(usage -> json.set("contextUsage", write(usage)));
    return json.put("finishReason", result.finishReason().label());
  }

  public static ObjectNode write(RetentionEvent event) {
    ObjectNode json = Json.object();
    json.put("id", event.id());
    json.put("agentName", event.agentName());
    json.put("createdAt", Timestamps.format(event.createdAt()));
    json.put("kind", "compaction");
    json.put("reason", event.reason().label());
    json.set("trigger", write(event.trigger()));
    json.put("recordsCompacted", event.recordsCompacted());
    json.put("recordsRetained", event.recordsRetained());
    ObjectNode summary = write(event.summaryRecord());
    if (event.summaryRecord().active()) {
      summary.put("status", "active");
    }
    json.set("summaryRecord", summary);
    ArrayNode superseded = json.putArray("supersededRecordIds");
    event.supersededRecordIds().forEach(superseded::add);
    event.insertBeforeRecordId().ifPresent(id -> json.put("insertBeforeRecordId", id));
    return with(json, event.extra());
  }

  private static ObjectNode write(RetentionEvent.Trigger trigger) {
    ObjectNode json = Json.object();
    trigger.model().ifPresent(model -> json.put("model", model));
    trigger.contextUsage().ifPresent(usage -> json.set("contextUsage", write(usage)));
    put(json, "tokenLimit", trigger.tokenLimit());
    put(json, "contextWindow", trigger.contextWindow());
    put(json, "maxInputTokens", trigger.maxInputTokens());
    put(json, "ratio", trigger.ratio());
    put(json, "thresholdRatio", trigger.thresholdRatio());
    put(json, "activeRecordCount", trigger.activeRecordCount());
    put(json, "recordThreshold", trigger.recordThreshold());
    return json;
  }

  private static ObjectNode typed(String type) {
    return Json.object().put("type", type);
  }

  private static void put(ObjectNode json, String field, OptionalLong value) {
    value.ifPresent(number -> json.put(field, number));
  }

  private static void put(ObjectNode json, String field, OptionalDouble value) {
    value.ifPresent(number -> json.put(field, number));
  }

  private static ObjectNode with(ObjectNode json, JsonNode extra) {
    extra.properties().forEach(field -> json.set(field.getKey(), field.getValue()));
    return json;
  }
}
