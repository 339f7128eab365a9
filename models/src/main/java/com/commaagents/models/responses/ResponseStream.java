package com.commaagents.models.responses;

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
import tools.jackson.databind.node.MissingNode;

/// One streamed answer: events in, parts out. Not thread-safe.
///
/// An answer is a list of items, which are its blocks; the summary of a thinking may have several
/// parts, which are joined by a blank line. The last event is one of three, each with the whole
/// response. Events of a type we do not know are skipped.
final class ResponseStream implements JsonAnswerReader {
  private final ProviderErrors errors;
  private final ContentBlocks blocks;
  private final TokenCount tokens = TokenCount.whole();
  private JsonNode response = MissingNode.getInstance();

  ResponseStream(String providerId, ProviderErrors errors, PartListener listener) {
    this.errors = errors;
    this.blocks = new ContentBlocks(providerId, errors, listener, false);
  }

  @Override
  public ProviderErrors errors() {
    return errors;
  }

  @Override
  public boolean event(JsonNode event) throws ModelFailure, InterruptedException {
    int index = Json.integer(event, "output_index").orElse(0);
    String delta = event.path("delta").stringValue("");
    switch (event.path("type").stringValue("")) {
      case "response.output_text.delta", "response.refusal.delta" -> blocks.text(delta);
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
          blocks.thinking(index, delta);
      case "response.reasoning_summary_part.added" -> {
        if (Json.integer(event, "summary_index").orElse(0) > 0) {
          blocks.thinking(index, "\n\n");
        }
      }
      case "response.function_call_arguments.delta" -> blocks.arguments(index, delta);
      case "response.output_item.added" -> added(index, event.path("item"));
      case "response.output_item.done" -> done(index, event.path("item"));
      case "response.completed", "response.incomplete" -> ended(event.path("response"));
      case "response.failed" -> throw errors.midStream(event.path("response").path("error"));
      case "error" -> throw errors.midStream(event.has("error") ? event.path("error") : event);
      default -> {}
    }
    return finished();
  }

  @Override
  public boolean finished() {
    return response.isObject();
  }

  @Override
  public TurnEnd end() {
    return tokens.end(
        switch (response.path("incomplete_details").path("reason").stringValue("")) {
          case "" -> blocks.toolCalled() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
          case "max_output_tokens" -> FinishReason.LENGTH;
          case "content_filter" -> FinishReason.CONTENT_FILTER;
          default -> FinishReason.OTHER;
        });
  }

  private void added(int index, JsonNode item) throws ModelFailure, InterruptedException {
    switch (item.path("type").stringValue("")) {
      case "reasoning" -> blocks.option(index, "itemId", item.path("id").stringValue(""));
      case "function_call" ->
          blocks.toolUse(
              index,
              item.path("call_id").stringValue(""),
              item.path("name").stringValue(""),
              MissingNode.getInstance());
      default -> {}
    }
  }

  private void done(int index, JsonNode item) throws ModelFailure, InterruptedException {
    switch (item.path("type").stringValue("")) {
      case "reasoning" ->
          blocks.option(
              index, "reasoningEncryptedContent", item.path("encrypted_content").stringValue(""));
      case "function_call" ->
          blocks.completeArguments(index, item.path("arguments").stringValue(""));
      // Kept behind the text as a thinking without words.
      case "message" -> blocks.option(index, "phase", item.path("phase").stringValue(""));
      default -> {}
    }
    blocks.stop(index);
  }

  private void ended(JsonNode whole) throws InterruptedException {
    response = whole;
    JsonNode usage = whole.path("usage");
    tokens
        .input(usage.path("input_tokens"))
        .cacheRead(usage.path("input_tokens_details").path("cached_tokens"))
        .output(
            usage.path("output_tokens"),
            usage.path("output_tokens_details").path("reasoning_tokens"),
            usage.path("total_tokens"));
    blocks.end();
  }
}
