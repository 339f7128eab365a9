package com.commaagents.tools.confinement;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.tools.process.CommandEnvironment;
import com.commaagents.tools.process.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A program that leaves a command behind in the background and dies at once, cleaning nothing up.
final class DyingDaemon {
  private DyingDaemon() {}

  /// @param arguments the workspace and the command
  public static void main(String[] arguments) throws Exception {
    Path workspace = Path.of(arguments[0]);
    Confinement confinement = Kind.BUBBLEWRAP.with(new WritablePlaces(List.of(), Optional.empty()));
    CommandRunner runner =
        new CommandRunner(
            Clock.system(),
            IdGenerator.random(),
            new CommandEnvironment(Map.of("PATH", "/usr/bin:/bin"), Set.of(), IdGenerator.random()),
            confinement,
            workspace);
    runner.run(
        new CommandRunner.Request(arguments[1], workspace, Map.of(), Duration.ofSeconds(20)));
    Runtime.getRuntime().halt(9);
  }
}
