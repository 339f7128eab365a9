package com.commaagents.tools.process;

import java.time.Duration;

/// How a command ended, and what it said.
public record CommandResult(Ending ending, Output stdout, Output stderr, Duration took) {

  /// How it ended.
  public sealed interface Ending {
    record Exited(int code) implements Ending {}

    /// It was ended because its time was over.
    record TimedOut() implements Ending {}

    /// It was not run: its folder was exchanged before it could begin.
    record FolderMoved() implements Ending {}
  }

  /// What a stream said.
  ///
  /// @param cut whether there was more than is kept
  public record Output(String text, boolean cut) {}
}
