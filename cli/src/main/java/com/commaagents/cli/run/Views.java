package com.commaagents.cli.run;

import com.commaagents.cli.terminal.Terminal;

/// The ways a run can be shown.
public final class Views {
  private Views() {}

  /// For people.
  public static EventView terminal(Terminal terminal) {
    return new TerminalView(terminal);
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
