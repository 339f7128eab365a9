package com.commaagents.models.ollama;

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
import tools.jackson.databind.JsonNode;

/// One streamed answer: lines in, parts out. Not thread-safe.
///
/// A tool call comes whole, in one line. The last line says `done`.
final class OllamaStream implements JsonAnswerReader {
  private final ProviderErrors errors;
  private final WholeCalls calls;
  private final PartListener listener;
  private final ThinkingSpan thinking;
  private final TokenCount tokens = TokenCount.whole();
  private boolean done;
  private String doneReason = "";

  OllamaStream(ProviderErrors errors, IdGenerator ids, PartListener listener) {
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
  public boolean event(JsonNode line) throws ModelFailure, InterruptedException {
    if (line.has("error")) {
      throw errors.midStream(line);
    }
    JsonNode message = line.path("message");
    thinking.think(message.path("thinking").stringValue(""));
    String text = message.path("content").stringValue("");
    if (!text.isEmpty()) {
      thinking.end();
      listener.part(new ModelPart.Text(text));
    }
    for (JsonNode call : message.path("tool_calls")) {
      thinking.end();
      JsonNode function = call.path("function");
      calls.take(
          call, function.path("name").stringValue(""), function.path("arguments"), Json.object());
    }
    if (line.path("done").asBoolean(false)) {
      thinking.end();
      done = true;
      doneReason = line.path("done_reason").stringValue("stop");
      tokens.input(line.path("prompt_eval_count")).output(line.path("eval_count"));
    }
    return done;
  }

  @Override
  public boolean finished() {
    return done;
  }

  @Override
  public TurnEnd end() {
    return tokens.end(
        switch (doneReason) {
          case "stop" -> calls.any() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
          case "length" -> FinishReason.LENGTH;
          default -> FinishReason.OTHER;
        });
  }
}
