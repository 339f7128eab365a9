package com.commaagents.models.google;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.JsonAnswerReader;
import com.commaagents.models.wire.ThinkingSpan;
import com.commaagents.models.wire.TokenCount;
import com.commaagents.models.wire.WholeCalls;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One streamed answer: chunks in, parts out. Not thread-safe.
///
/// A function call comes whole, in one part. There is no mark of the last chunk but the end of the
/// stream. A prompt that is blocked gets no candidate at all.
final class GenerateStream implements JsonAnswerReader {
  // How an answer ends that is none.
  private static final Set<String> FAILURES =
      Set.of(
          "MALFORMED_FUNCTION_CALL",
          "MALFORMED_RESPONSE",
          "MISSING_THOUGHT_SIGNATURE",
          "TOO_MANY_TOOL_CALLS",
          "UNEXPECTED_TOOL_CALL");

  private final ProviderErrors errors;
  private final WholeCalls calls;
  private final PartListener listener;
  private final ThinkingSpan thinking;
  private final TokenCount tokens = TokenCount.whole();
  private String finishReason = "";

  GenerateStream(ProviderErrors errors, IdGenerator ids, PartListener listener) {
    this.errors = errors;
    this.calls = new WholeCalls(errors, ids, listener);
    this.listener = listener;
    this.thinking = new ThinkingSpan(listener);
  }

  @Override
  public ProviderErrors errors() {
    return errors;
  }

  @Override
  public boolean event(JsonNode chunk) throws ModelFailure, InterruptedException {
    if (chunk.has("error")) {
      throw errors.midStream(chunk.path("error"));
    }
    JsonNode candidate = chunk.path("candidates").path(0);
    for (JsonNode part : candidate.path("content").path("parts")) {
      take(part);
    }
    count(chunk.path("usageMetadata"));
    Optional<String> reason =
        Json.text(candidate, "finishReason")
            .or(() -> Json.text(chunk.path("promptFeedback"), "blockReason").map(_ -> "SAFETY"));
    if (reason.isPresent()) {
      finish(reason.get(), candidate);
    }
    return false;
  }

  private void finish(String reason, JsonNode candidate) throws ModelFailure, InterruptedException {
    if (FAILURES.contains(reason)) {
      String said = candidate.path("finishMessage").stringValue("");
      throw errors.gaveUp("it finished with " + reason + (said.isEmpty() ? "" : ": " + said));
    }
    finishReason = reason;
    thinking.end();
  }

  @Override
  public boolean finished() {
    return !finishReason.isEmpty();
  }

  @Override
  public TurnEnd end() {
    return tokens.end(
        switch (finishReason) {
          case "STOP" -> calls.any() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
          case "MAX_TOKENS" -> FinishReason.LENGTH;
          case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY" ->
              FinishReason.CONTENT_FILTER;
          default -> FinishReason.OTHER;
        });
  }

  private void take(JsonNode part) throws ModelFailure, InterruptedException {
    JsonNode call = part.path("functionCall");
    String text = part.path("text").stringValue("");
    ObjectNode kept = kept(part.path("thoughtSignature"));
    if (call.isObject()) {
      thinking.end();
      calls.take(call, call.path("name").stringValue(""), call.path("args"), kept);
    } else if (part.path("thought").asBoolean(false)) {
      thinking.think(text);
      if (!kept.isEmpty()) {
        thinking.end(kept);
      }
    } else {
      if (!text.isEmpty()) {
        thinking.end();
        listener.part(new ModelPart.Text(text));
      }
      if (!kept.isEmpty()) {
        thinking.end();
        thinking.end(kept);
      }
    }
  }

  private static ObjectNode kept(JsonNode signature) {
    ObjectNode options = Json.object();
    if (signature.isString() && !signature.stringValue().isEmpty()) {
      options.putObject("google").set("thoughtSignature", signature);
    }
    return options;
  }

  // What was thought is counted apart from what was answered.
  private void count(JsonNode usage) {
    OptionalLong answered = TokenCount.count(usage.path("candidatesTokenCount"));
    OptionalLong thought = TokenCount.count(usage.path("thoughtsTokenCount"));
    if (answered.isPresent() || thought.isPresent()) {
      tokens.output(OptionalLong.of(answered.orElse(0) + thought.orElse(0)));
    }
    tokens
        .input(usage.path("promptTokenCount"))
        .cacheRead(usage.path("cachedContentTokenCount"))
        .reasoning(usage.path("thoughtsTokenCount"));
  }
}
