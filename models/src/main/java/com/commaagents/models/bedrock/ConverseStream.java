package com.commaagents.models.bedrock;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.ContentBlocks;
import com.commaagents.models.wire.JsonAnswerReader;
import com.commaagents.models.wire.TokenCount;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// One streamed answer: events in, parts out. Not thread-safe.
///
/// Each event is an object with one field, its kind. The usage comes after the stop reason, and is
/// the last event. Kinds we do not know are skipped.
final class ConverseStream implements JsonAnswerReader {
  // The exceptions a stream may end with, and the statuses they would have had at its beginning.
  private static final Map<String, Integer> EXCEPTIONS =
      Map.of(
          "internalServerException", 500,
          "modelStreamErrorException", 500,
          "serviceUnavailableException", 503,
          "throttlingException", 429,
          "validationException", 400);

  private final ProviderErrors errors;
  private final ContentBlocks blocks;
  private final TokenCount tokens = TokenCount.cacheApart();
  private String stopReason = "";

  ConverseStream(ProviderErrors errors, PartListener listener, boolean answerByTool) {
    this.errors = errors;
    this.blocks = new ContentBlocks("bedrock", errors, listener, answerByTool);
  }

  @Override
  public ProviderErrors errors() {
    return errors;
  }

  @Override
  public boolean event(JsonNode event) throws ModelFailure, InterruptedException {
    for (Map.Entry<String, JsonNode> field : event.properties()) {
      JsonNode value = field.getValue();
      int index = Json.integer(value, "contentBlockIndex").orElse(0);
      switch (field.getKey()) {
        case "contentBlockStart" -> start(index, value.path("start").path("toolUse"));
        case "contentBlockDelta" -> delta(index, value.path("delta"));
        case "contentBlockStop" -> blocks.stop(index);
        case "messageStop" -> {
          stopReason = value.path("stopReason").stringValue("");
          if (stopReason.startsWith("malformed_")) {
            throw errors.gaveUp("it stopped with " + stopReason);
          }
          blocks.end();
        }
        case "metadata" -> {
          count(value.path("usage"));
          return finished();
        }
        default -> fail(field.getKey(), value);
      }
    }
    return false;
  }

  @Override
  public boolean finished() {
    return !stopReason.isEmpty();
  }

  @Override
  public TurnEnd end() {
    return tokens.end(
        switch (stopReason) {
          case "end_turn", "stop_sequence" -> FinishReason.STOP;
          case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
          case "tool_use" -> blocks.answered() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
          case "guardrail_intervened", "content_filtered" -> FinishReason.CONTENT_FILTER;
          default -> FinishReason.OTHER;
        });
  }

  private void start(int index, JsonNode toolUse) throws ModelFailure {
    if (toolUse.isObject()) {
      blocks.toolUse(
          index,
          toolUse.path("toolUseId").stringValue(""),
          toolUse.path("name").stringValue(""),
          Json.object());
    }
  }

  private void delta(int index, JsonNode delta) throws ModelFailure, InterruptedException {
    blocks.text(delta.path("text").stringValue(""));
    JsonNode toolUse = delta.path("toolUse");
    if (toolUse.isObject()) {
      blocks.arguments(index, toolUse.path("input").stringValue(""));
    }
    JsonNode reasoning = delta.path("reasoningContent");
    if (reasoning.isObject()) {
      blocks.thinking(index, reasoning.path("text").stringValue(""));
      blocks.option(index, "signature", reasoning.path("signature").stringValue(""));
      blocks.option(index, "redactedData", reasoning.path("redactedContent").stringValue(""));
    }
  }

  private void count(JsonNode usage) {
    tokens
        .input(usage.path("inputTokens"))
        .output(usage.path("outputTokens"))
        .cacheRead(usage.path("cacheReadInputTokens"))
        .cacheWrite(usage.path("cacheWriteInputTokens"));
  }

  private void fail(String kind, JsonNode value) throws ModelFailure {
    Integer status = EXCEPTIONS.get(kind);
    if (status != null) {
      throw errors.midStream(status, value);
    }
    if (kind.endsWith("Exception")) {
      throw errors.midStream(value);
    }
  }
}
