package com.commaagents.base.fault;

import java.util.Objects;

/// An expected failure, told to the user in one clear message: what was wrong, where, what to do.
///
/// The message is shown to people and models as it is: it holds no secret and no stack trace. A
/// programming error is never a fault; it is an `IllegalArgumentException` or
/// `IllegalStateException` and is not caught.
public final class Fault extends RuntimeException {
  private final FaultCode code;

  public Fault(FaultCode code, String message) {
    super(Objects.requireNonNull(message));
    this.code = Objects.requireNonNull(code);
  }

  /// As above; `cause` goes to the log, never to a user.
  public Fault(FaultCode code, String message, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.code = Objects.requireNonNull(code);
  }

  public FaultCode code() {
    return code;
  }

  /// The message; unlike that of other exceptions it is never absent.
  public String message() {
    return Objects.requireNonNull(getMessage());
  }
}
