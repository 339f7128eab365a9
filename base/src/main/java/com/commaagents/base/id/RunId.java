package com.commaagents.base.id;

import java.util.Optional;
import java.util.regex.Pattern;

/// The stable id of a run over preparation, execution, persistence and continuation.
///
/// INVARIANT: safe as a file name on every file system we run on: 1–128 characters of `A-Z a-z 0-9
/// . _ : -`, the first alphanumeric, no `..`. A string from outside becomes a `RunId` before it
/// gets near a path.
public record RunId(String value) {
  public static final int MAX_LENGTH = 128;

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

  public RunId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a run id");
    }
  }

  /// The id a text stands for, or empty where it is none.
  public static Optional<RunId> parse(String text) {
    return isValid(text) ? Optional.of(new RunId(text)) : Optional.empty();
  }

  private static boolean isValid(String text) {
    return VALID.matcher(text).matches() && !text.contains("..");
  }

  @Override
  public String toString() {
    return value;
  }
}
