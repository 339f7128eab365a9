package com.commaagents.base.fault;

/// Who can mend a [Fault].
public enum FaultCode {
  /// The request or a file it names is wrong: the caller can mend it.
  INVALID_INPUT(Blame.CALLER),
  /// What the request names does not exist.
  NOT_FOUND(Blame.CALLER),
  /// The request is right, but not in the present state of what it names.
  CONFLICT(Blame.CALLER),
  /// A credential is missing or refused.
  CREDENTIALS(Blame.CALLER),
  /// A stated limit was reached.
  LIMIT_EXCEEDED(Blame.LIMIT),
  /// A service outside, such as a model provider, failed.
  UPSTREAM(Blame.UPSTREAM),
  /// The disk refused: full, read-only, broken.
  PERSISTENCE(Blame.DAEMON),
  /// The daemon is going down and takes nothing new.
  SHUTTING_DOWN(Blame.DAEMON),
  /// What was asked is known, but not built.
  UNSUPPORTED(Blame.DAEMON);

  /// The party that can mend a failure.
  public enum Blame {
    CALLER,
    DAEMON,
    UPSTREAM,
    LIMIT
  }

  private final Blame blame;

  FaultCode(Blame blame) {
    this.blame = blame;
  }

  public Blame blame() {
    return blame;
  }
}
