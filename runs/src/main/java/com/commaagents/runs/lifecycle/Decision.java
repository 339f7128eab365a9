package com.commaagents.runs.lifecycle;

/// The answer to a command.
public sealed interface Decision {
  /// It is done by letting `event` happen.
  record Accepted(RunEvent event) implements Decision {}

  /// It cannot be done in this state; nothing changes.
  record Refused(Refusal why) implements Decision {}

  /// There is nothing left to do; nothing changes and nobody is told.
  record Ignored() implements Decision {}

  /// Why a command was refused.
  ///
  /// Source: the messages are those of the public Comma Agents daemon.
  enum Refusal {
    ALREADY_EXISTS("Run already exists: "),
    NOT_PREPARED("Prepared run not found: "),
    PREPARED_FOR_CONTINUATION("Run was prepared for continuation: "),
    NOT_PREPARED_FOR_CONTINUATION("Run was not prepared for continuation: "),
    ALREADY_STARTED("Run already started: "),
    NOT_INTERRUPTED("Run was not interrupted: ");

    private final String text;

    Refusal(String text) {
      this.text = text;
    }

    public String message(String runId) {
      return text + runId;
    }
  }
}
