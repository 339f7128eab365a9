package com.commaagents.cli;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.template.TemplateWorld;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.tools.process.CommandEnvironment;
import com.commaagents.tools.process.CommandResult;
import com.commaagents.tools.process.CommandResult.Ending;
import com.commaagents.tools.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Runs the commands of prompt templates as those of agents are run: without the daemon's
/// credentials, confined to the strategy's folder, in a session of their own, and ended with all
/// they started. Thread-safe.
final class TemplateCommands implements TemplateWorld.Commands {
  /// A run is being prepared meanwhile.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Clock clock;
  private final IdGenerator ids;
  private final CommandEnvironment environment;
  private final Confinement confinement;

  TemplateCommands(
      Clock clock, IdGenerator ids, CommandEnvironment environment, Confinement confinement) {
    this.clock = clock;
    this.ids = ids;
    this.environment = environment;
    this.confinement = confinement;
  }

  @Override
  public String output(String command, Path folder) throws IOException, InterruptedException {
    Path real = folder.toRealPath();
    try (CommandRunner runner = new CommandRunner(clock, ids, environment, confinement, real)) {
      CommandResult result =
          runner.run(new CommandRunner.Request(command, real, Map.of(), PATIENCE));
      return switch (result.ending()) {
        case Ending.Exited(int code) when code == 0 -> result.stdout().text().strip();
        case Ending.Exited(int code) -> throw new IOException("it ended with " + code);
        case Ending.TimedOut() ->
            throw new IOException("it ran longer than " + PATIENCE.toSeconds() + " s");
        case Ending.FolderMoved() -> throw new IOException("the strategy's folder was exchanged");
      };
    }
  }
}
