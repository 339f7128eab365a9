package com.commaagents.engine.conversation;

/// Why a model stopped.
public enum FinishReason {
  STOP("stop"),
  LENGTH("length"),
  TOOL_CALLS("tool-calls"),
  CONTENT_FILTER("content-filter"),
  ERROR("error"),
  OTHER("other");

  private final String label;

  FinishReason(String label) {
    this.label = label;
  }

  /// As on the wire and on disk, for example `tool-calls`.
  public String label() {
    return label;
  }

  /// The reason a label stands for; [#OTHER] for one we do not know.
  public static FinishReason of(String label) {
    return switch (label) {
      case "stop" -> STOP;
      case "length" -> LENGTH;
      case "tool-calls" -> TOOL_CALLS;
      case "content-filter" -> CONTENT_FILTER;
      case "error" -> ERROR;
      default -> OTHER;
    };
  }
}
