package com.commaagents.engine.conversation;

import java.util.List;

/// One message of a conversation, in the shape of the Vercel AI SDK's `ModelMessage`.
public sealed interface Message {
  Content content();

  record User(Content content) implements Message {}

  record Assistant(Content content) implements Message {}

  /// The results of tool calls.
  record Tool(Content content) implements Message {}

  /// A message's content: a plain text, or parts. Which of the two it was is kept.
  sealed interface Content {
    record Plain(String text) implements Content {}

    record Parts(List<Part> parts) implements Content {
      public Parts {
        parts = List.copyOf(parts);
      }
    }

    /// The content as parts, whichever way it was written.
    default List<Part> asParts() {
      return switch (this) {
        case Plain(var text) -> List.of(Part.text(text));
        case Parts(var parts) -> parts;
      };
    }

    /// All its text, joined.
    default String text() {
      return switch (this) {
        case Plain(var text) -> text;
        case Parts(var parts) -> {
          StringBuilder joined = new StringBuilder();
          for (Part part : parts) {
            if (part instanceof Part.Text(var text, var _)) {
              joined.append(text);
            }
          }
          yield joined.toString();
        }
      };
    }
  }

  static User user(String text) {
    return new User(new Content.Plain(text));
  }

  static Assistant assistant(List<Part> parts) {
    return new Assistant(new Content.Parts(parts));
  }

  static Tool tool(List<Part> results) {
    return new Tool(new Content.Parts(results));
  }
}
