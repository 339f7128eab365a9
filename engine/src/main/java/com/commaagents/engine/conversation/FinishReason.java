package com.commaagents.engine.conversation;

import java.util.Locale;

/// Why a model stopped.
public enum FinishReason {
  STOP,
  LENGTH,
  TOOL_CALLS,
  CONTENT_FILTER,
  ERROR,
  OTHER;

  /// As on the wire and on disk, for example `tool-calls`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The reason a label stands for; [#OTHER] for one we do not know.
  public static FinishReason of(String label) {
    for (FinishReason reason : values()) {
      if (reason.label().equals(label)) {
        return reason;
      }
    }
    return OTHER;
  }
}
