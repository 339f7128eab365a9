package com.commaagents.tools.failure;

import java.util.Objects;

/// A failure of a tool call that the model can act on; it becomes the text of the result.
///
/// Checked, so that no path from a tool to the model forgets it.
public final class ToolError extends Exception {
  private final ErrorKind kind;
  private final String next;

  /// @param message what was wrong, and where; a sentence
  /// @param next what the model should do now; a sentence
  public ToolError(ErrorKind kind, String message, String next) {
    super(Objects.requireNonNull(message));
    this.kind = Objects.requireNonNull(kind);
    this.next = Objects.requireNonNull(next);
  }

  public ErrorKind kind() {
    return kind;
  }

  /// What was wrong, without the advice.
  public String message() {
    return kind.label() + ": " + getMessage();
  }

  /// What the model reads.
  public String text() {
    return message() + "\nNext: " + next;
  }
}
