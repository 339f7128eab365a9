package com.commaagents.mcp.definition;

/// A value of a definition. It may be secret: it never shows itself.
public sealed interface Value {
  /// It stands in the file.
  record Literal(String text) implements Value {
    @Override
    public String toString() {
      return "Literal[hidden]";
    }
  }

  /// It is in an environment variable of the daemon, which is read when connecting.
  record Variable(String name) implements Value {}
}
