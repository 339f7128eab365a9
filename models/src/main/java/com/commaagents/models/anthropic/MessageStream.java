package com.commaagents.models.anthropic;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.ContentBlocks;
import com.commaagents.models.wire.JsonAnswerReader;
import com.commaagents.models.wire.TokenCount;
import tools.jackson.databind.JsonNode;

/// One streamed answer: events in, parts out. Not thread-safe.
///
/// Events and blocks of a type we do not know are skipped, as the API asks.
final class MessageStream implements JsonAnswerReader {
  private final ProviderErrors errors;
  private final ContentBlocks blocks;
  private final TokenCount tokens = TokenCount.cacheApart();
  private String stopReason = "";
  private boolean stopped;

  MessageStream(ProviderErrors errors, PartListener listener, boolean answerByTool) {
    this.errors = errors;
    this.blocks = new ContentBlocks("anthropic", errors, listener, answerByTool);
  }

  @Override
  public ProviderErrors errors() {
    return errors;
  }

  @Override
  public boolean event(JsonNode event) throws ModelFailure, InterruptedException {
    int index = Json.integer(event, "index").orElse(0);
    switch (event.path("type").stringValue("")) {
      case "content_block_delta" -> delta(index, event.path("delta"));
      case "content_block_start" -> start(index, event.path("content_block"));
      case "content_block_stop" -> blocks.stop(index);
      case "message_start" -> count(event.path("message").path("usage"));
      case "message_delta" -> {
        count(event.path("usage"));
        stopReason = event.path("delta").path("stop_reason").stringValue(stopReason);
      }
      case "message_stop" -> {
        blocks.end();
        stopped = true;
      }
      case "error" -> throw errors.midStream(event.path("error"));
      default -> {}
    }
    return stopped;
  }

  @Override
  public boolean finished() {
    return stopped;
  }

  @Override
  public TurnEnd end() {
    return tokens.end(
        switch (stopReason) {
          case "end_turn", "stop_sequence" -> FinishReason.STOP;
          case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
          case "tool_use" -> blocks.answered() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
          case "refusal" -> FinishReason.CONTENT_FILTER;
          default -> FinishReason.OTHER;
        });
  }

  private void start(int index, JsonNode content) throws ModelFailure, InterruptedException {
    switch (content.path("type").stringValue("")) {
      case "text" -> blocks.text(content.path("text").stringValue(""));
      case "thinking" -> {
        blocks.thinking(index, content.path("thinking").stringValue(""));
        blocks.option(index, "signature", content.path("signature").stringValue(""));
      }
      case "redacted_thinking" ->
          blocks.option(index, "redactedData", content.path("data").stringValue(""));
      case "tool_use" ->
          blocks.toolUse(
              index,
              content.path("id").stringValue(""),
              content.path("name").stringValue(""),
              content.path("input"));
      default -> {}
    }
  }

  private void delta(int index, JsonNode delta) throws ModelFailure, InterruptedException {
    switch (delta.path("type").stringValue("")) {
      case "text_delta" -> blocks.text(delta.path("text").stringValue(""));
      case "thinking_delta" -> blocks.thinking(index, delta.path("thinking").stringValue(""));
      case "signature_delta" ->
          blocks.option(index, "signature", delta.path("signature").stringValue(""));
      case "input_json_delta" ->
          blocks.arguments(index, delta.path("partial_json").stringValue(""));
      default -> {}
    }
  }

  private void count(JsonNode usage) {
    tokens
        .input(usage.path("input_tokens"))
        .output(usage.path("output_tokens"))
        .cacheRead(usage.path("cache_read_input_tokens"))
        .cacheWrite(usage.path("cache_creation_input_tokens"))
        .reasoning(usage.path("output_tokens_details").path("thinking_tokens"));
  }
}
