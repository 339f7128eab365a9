package com.commaagents.tools.failure;

import java.util.Locale;

/// What went wrong in a tool call, as the model is told it.
public enum ErrorKind {
  NOT_FOUND,
  ALREADY_EXISTS,
  PERMISSION_DENIED,
  OUTSIDE_WORKSPACE,
  BINARY_FILE,
  FILE_TOO_LARGE,
  STALE_FILE,
  OLD_TEXT_NOT_FOUND,
  MULTIPLE_MATCHES,
  OVERLAPPING_EDITS,
  COMMAND_FAILED,
  TIMEOUT,
  UNKNOWN;

  /// As a model sees it, for example `stale_file`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
