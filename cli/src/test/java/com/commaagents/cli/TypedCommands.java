package com.commaagents.cli;

import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.BackgroundProcess;
import com.commaagents.cli.terminal.Terminal;
import java.util.List;
import java.util.Optional;

/// The program as somebody types it beside a daemon that runs: it cannot start one of its own.
final class TypedCommands {
  private TypedCommands() {}

  static CommandLineProgram of(String name, Place place, Terminal terminal) {
    return new CommandLineProgram(
        new Surroundings(
            name,
            place,
            terminal,
            FakeMain.BUILD,
            new BackgroundProcess.Program(List.of("false"), Optional.empty()),
            new Wiring(place),
            Clock.system()));
  }
}
