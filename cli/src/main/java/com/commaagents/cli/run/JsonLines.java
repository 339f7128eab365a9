package com.commaagents.cli.run;

import com.commaagents.base.json.Json;
import com.commaagents.cli.terminal.Terminal;
import tools.jackson.databind.JsonNode;

/// Each message as one line of JSON on the standard output, for programs.
final class JsonLines implements EventView {
  private final Terminal terminal;

  JsonLines(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void show(JsonNode message) {
    terminal.out(Json.write(message) + "\n");
  }

  @Override
  public void note(String sentence) {
    terminal.err(sentence);
  }

  @Override
  public void pause() {}

  @Override
  public void end(Outcome outcome) {
    switch (outcome) {
      case Outcome.Lost(String reason) -> terminal.err(reason);
      case Outcome.Completed _, Outcome.Failed _, Outcome.Stopped _, Outcome.Left _ -> {}
    }
  }
}
