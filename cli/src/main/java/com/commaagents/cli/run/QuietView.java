package com.commaagents.cli.run;

import com.commaagents.cli.terminal.Terminal;
import tools.jackson.databind.JsonNode;

/// Nothing but the result on the standard output, and failures on the other.
final class QuietView implements EventView {
  private final Terminal terminal;

  QuietView(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void show(JsonNode message) {}

  @Override
  public void note(String sentence) {
    terminal.err(sentence);
  }

  @Override
  public void pause() {}

  @Override
  public void end(Outcome outcome) {
    switch (outcome) {
      case Outcome.Completed(_, String result, _, _, _) ->
          terminal.out(result.endsWith("\n") ? result : result + "\n");
      case Outcome.Failed(String code, String message) -> terminal.err(code + ": " + message);
      case Outcome.Stopped _ -> terminal.err("The run was stopped.");
      case Outcome.Left(String runId, boolean asWished) when asWished -> terminal.out(runId + "\n");
      case Outcome.Left _ -> terminal.err("The run goes on.");
      case Outcome.Lost(String reason) -> terminal.err(reason);
    }
  }
}
