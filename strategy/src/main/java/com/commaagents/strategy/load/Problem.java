package com.commaagents.strategy.load;

import com.commaagents.strategy.source.Position;

/// One thing that is wrong with a strategy file.
///
/// @param field the path of the field, for example `flow.steps[1].agent`; empty: the whole file
/// @param message what is wrong and what was expected
public record Problem(Position at, String field, String message) {
  /// As compilers write it: `FILE:3:14: flow.steps[1].agent: …`.
  public String describe(String fileName) {
    return fileName + ":" + at + ": " + (field.isEmpty() ? "" : field + ": ") + message;
  }
}
