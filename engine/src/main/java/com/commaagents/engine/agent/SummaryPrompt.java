package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.model.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a model is asked to summarise old records.
///
/// Tool calls and their results are told as text, because a provider may refuse a conversation with
/// tool calls when no tools come with it. Thinking is left out.
///
/// Limits: [#MAX_TOOL_CHARACTERS] of a tool's arguments or output; the rest is cut and marked.
final class SummaryPrompt {
  static final int MAX_TOOL_CHARACTERS = 4_000;

  private static final String SYSTEM =
      """
      You summarise the earlier part of a conversation between a user and an assistant. Your \
      summary takes its place, so that the assistant can go on without having read it.
      Keep: what the user wants and every instruction still in force; decisions and why they were \
      made; facts, names, paths, figures and code that later work needs; what has been done, with \
      which result; what is still open.
      Leave out: pleasantries and what has been overtaken. Write plain text, no preamble.\
      """;
  private static final String REQUEST =
      "Summarise the conversation above as you were told. Answer with the summary only.";

  private SummaryPrompt() {}

  static ModelRequest of(Workbench bench, List<CallRecord> records) {
    List<Message> messages = new ArrayList<>();
    for (CallRecord record : records) {
      messages.add(Message.user(told(record.userMessage())));
      record.responseMessages().forEach(message -> tell(message, messages));
    }
    messages.add(Message.user(REQUEST));
    return bench.request(Optional.of(SYSTEM), messages, List.of(), Optional.empty());
  }

  private static void tell(Message message, List<Message> messages) {
    String text = told(message);
    if (text.isEmpty()) {
      return;
    }
    messages.add(
        switch (message) {
          case Message.User _, Message.Tool _ -> Message.user(text);
          case Message.Assistant _ -> Message.assistant(List.of(Part.text(text)));
        });
  }

  private static String told(Message message) {
    StringBuilder told = new StringBuilder();
    for (Part part : message.content().asParts()) {
      switch (part) {
        case Part.Text(var text, _) -> told.append(text);
        case Part.ToolCall(_, var name, var input, _) ->
            note(told, "called " + name + " with " + cut(input.toString()));
        case Part.ToolResult(_, var name, _, var output, _) ->
            note(
                told,
                name
                    + " gave "
                    + cut(output.isString() ? output.stringValue() : output.toString()));
        case Part.Reasoning _, Part.Other _ -> {}
      }
    }
    return told.toString();
  }

  private static void note(StringBuilder told, String text) {
    told.append(told.isEmpty() ? "[" : "\n[").append(text).append(']');
  }

  private static String cut(String text) {
    return text.length() <= MAX_TOOL_CHARACTERS
        ? text
        : text.substring(0, MAX_TOOL_CHARACTERS) + "… (cut)";
  }
}
