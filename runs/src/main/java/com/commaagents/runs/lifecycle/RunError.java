package com.commaagents.runs.lifecycle;

/// Why a run did not complete.
///
/// @param code one of the constants here, or what another daemon wrote
/// @param message for people; without a secret or a stack trace
public record RunError(String code, String message) {
  /// A step failed.
  public static final String EXECUTION_ERROR = "EXECUTION_ERROR";

  /// Somebody stopped it, or the daemon was shut down.
  public static final String CANCELLED = "CANCELLED";

  /// The process that ran it died.
  public static final String INTERRUPTED = "INTERRUPTED";

  /// It came to more than it was prepared for.
  public static final String LIMIT_EXCEEDED = "LIMIT_EXCEEDED";

  /// Its timeline could not be written.
  public static final String PERSISTENCE_ERROR = "PERSISTENCE_ERROR";

  /// Whether the process died; such a segment can be resumed.
  public boolean meansInterrupted() {
    return code.equals(INTERRUPTED);
  }
}
