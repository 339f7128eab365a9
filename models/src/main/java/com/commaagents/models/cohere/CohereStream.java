package com.commaagents.models.cohere;

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
/// Content and tool calls are numbered apart from each other. The plan a model makes before it
/// calls tools is its thinking. Events of a type we do not know are skipped.
final class CohereStream implements JsonAnswerReader {
  // Behind any number of content blocks.
  private static final int FIRST_TOOL_CALL = 1_000_000;
  private static final int PLAN = FIRST_TOOL_CALL - 1;

  private final ProviderErrors errors;
  private final ContentBlocks blocks;
  private final TokenCount tokens = TokenCount.whole();
  private boolean planned;
  private String finishReason = "";

  CohereStream(ProviderErrors errors, PartListener listener) {
    this.errors = errors;
    this.blocks = new ContentBlocks("cohere", errors, listener, false);
  }

  @Override
  public ProviderErrors errors() {
    return errors;
  }

  @Override
  public boolean event(JsonNode event) throws ModelFailure, InterruptedException {
    int index = Json.integer(event, "index").orElse(0);
    JsonNode delta = event.path("delta");
    JsonNode message = delta.path("message");
    switch (event.path("type").stringValue("")) {
      case "content-start", "content-delta" -> content(index, message.path("content"));
      case "content-end" -> blocks.stop(index);
      case "tool-plan-delta" -> {
        blocks.thinking(PLAN, message.path("tool_plan").stringValue(""));
        planned = true;
      }
      case "tool-call-start" -> {
        endPlan();
        start(FIRST_TOOL_CALL + index, message.path("tool_calls"));
      }
      case "tool-call-delta" ->
          blocks.arguments(FIRST_TOOL_CALL + index, arguments(message.path("tool_calls")));
      case "tool-call-end" -> blocks.stop(FIRST_TOOL_CALL + index);
      case "message-end" -> {
        endPlan();
        blocks.end();
        end(delta);
      }
      default -> {}
    }
    return finished();
  }

  @Override
  public boolean finished() {
    return !finishReason.isEmpty();
  }

  @Override
  public TurnEnd end() {
    return tokens.end(
        switch (finishReason) {
          case "COMPLETE", "STOP_SEQUENCE" -> FinishReason.STOP;
          case "MAX_TOKENS" -> FinishReason.LENGTH;
          case "TOOL_CALL" -> FinishReason.TOOL_CALLS;
          case "ERROR_TOXIC" -> FinishReason.CONTENT_FILTER;
          default -> FinishReason.OTHER;
        });
  }

  private void content(int index, JsonNode content) throws ModelFailure, InterruptedException {
    if (content.has("thinking")) {
      blocks.thinking(index, content.path("thinking").stringValue(""));
    }
    blocks.text(content.path("text").stringValue(""));
  }

  // A plan goes back under another name than what was thought.
  private void endPlan() throws ModelFailure, InterruptedException {
    if (planned) {
      planned = false;
      blocks.option(PLAN, CohereRequest.KIND, CohereRequest.PLAN);
      blocks.stop(PLAN);
    }
  }

  private void start(int index, JsonNode call) throws ModelFailure {
    blocks.toolUse(
        index,
        call.path("id").stringValue(""),
        call.path("function").path("name").stringValue(""),
        Json.object());
    blocks.arguments(index, arguments(call));
  }

  private static String arguments(JsonNode call) {
    return call.path("function").path("arguments").stringValue("");
  }

  private void end(JsonNode delta) throws ModelFailure {
    finishReason = delta.path("finish_reason").stringValue("COMPLETE");
    if (finishReason.equals("ERROR") || finishReason.equals("TIMEOUT")) {
      throw errors.midStream(delta);
    }
    JsonNode usage = delta.path("usage");
    tokens
        .input(usage.path("tokens").path("input_tokens"))
        .output(usage.path("tokens").path("output_tokens"))
        .cacheRead(usage.path("cached_tokens"));
  }
}
