package com.commaagents.models.scripted;

import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.wire.Prompts;
import java.util.OptionalLong;
import java.util.StringTokenizer;

/// Usage where a script gives none: the words of the request and of the answer.
final class WordCount {
  private WordCount() {}

  static Turn.Tokens.Given of(ModelRequest request, Turn turn, Blanks blanks) {
    long input = request.system().map(WordCount::words).orElse(0L);
    for (Message message : request.messages()) {
      for (Part part : message.content().asParts()) {
        input += words(part);
      }
    }
    long thinking = words(blanks.fill(String.join("", turn.thinking())));
    long output = thinking + words(blanks.fill(String.join("", turn.text())));
    for (Turn.Call call : turn.tools()) {
      output += words(call.tool()) + words(blanks.fillJson(call.arguments()));
    }
    return new Turn.Tokens.Given(
        input, output, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(thinking));
  }

  private static long words(Part part) {
    return switch (part) {
      case Part.Text(var text, var _) -> words(text);
      case Part.Reasoning(var text, var _, var _) -> words(text);
      case Part.ToolCall call -> words(call.toolName()) + words(call.input().toString());
      case Part.ToolResult result -> words(Prompts.toolResult(result));
      case Part.Other _ -> 0;
    };
  }

  private static long words(String text) {
    return new StringTokenizer(text).countTokens();
  }
}
