package com.commaagents.strategy.source;

/// What reading a text gave.
public sealed interface ReadResult {
  record Parsed(SourceNode root) implements ReadResult {}

  /// @param message what was expected there; nothing of the text is in it
  record Malformed(Position at, String message) implements ReadResult {}
}
