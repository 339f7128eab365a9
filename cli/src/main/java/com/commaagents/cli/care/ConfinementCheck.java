package com.commaagents.cli.care;

import com.commaagents.base.fault.Fault;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.daemon.DaemonStatus;
import com.commaagents.cli.daemon.Health;
import com.commaagents.cli.sandbox.Sandboxes;
import java.util.Optional;

/// What confines the programs that runs start: as the daemon says that runs, else as one that is
/// started now would find. That nothing does is told, and is no problem: most systems have nothing.
final class ConfinementCheck {
  private final Sandboxes sandboxes;
  private final DaemonSettings settings;
  private final DaemonStatus status;

  ConfinementCheck(Sandboxes sandboxes, DaemonSettings settings, DaemonStatus status) {
    this.sandboxes = sandboxes;
    this.settings = settings;
    this.status = status;
  }

  Check commands() throws InterruptedException {
    return check("command sandbox", "commands", sandboxes::ofCommands);
  }

  Check servers() throws InterruptedException {
    return check("MCP sandbox", "mcpServers", sandboxes::ofServers);
  }

  private Check check(String name, String programs, Sandboxes.Search search)
      throws InterruptedException {
    Optional<String> said =
        status.health().map(Health::confinement).map(words -> words.get(programs));
    if (said.isPresent()) {
      return Check.sound(name, said.get());
    }
    try {
      return Check.sound(name, search.in(settings).words());
    } catch (Fault refused) {
      return Check.unsound(
          name,
          Problem.forPerson(
              "sandbox", "daemon.json", refused.message(), "until then no daemon starts"));
    }
  }
}
