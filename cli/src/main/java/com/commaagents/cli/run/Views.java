package com.commaagents.cli.run;

import com.commaagents.cli.terminal.Terminal;

/// The ways a run can be shown.
public final class Views {
  private Views() {}

  /// For people; `programName` is for the hint how to go on.
  public static EventView terminal(Terminal terminal, String programName) {
    return new TerminalView(terminal, programName);
  }

  /// Each message as a line of JSON.
  public static EventView json(Terminal terminal) {
    return new JsonLines(terminal);
  }

  /// The result alone.
  public static EventView quiet(Terminal terminal) {
    return new QuietView(terminal);
  }
}
