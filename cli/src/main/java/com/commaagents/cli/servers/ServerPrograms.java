package com.commaagents.cli.servers;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.mcp.program.Programs;
import com.commaagents.tools.process.CommandEnvironment;
import com.commaagents.tools.process.ResidentProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Starts the programs of MCP servers as commands of agents are started: without the daemon's
/// credentials, in a session of their own, and ended with all they started. Thread-safe.
public final class ServerPrograms implements Programs {
  private final Clock clock;
  private final IdGenerator ids;
  private final CommandEnvironment environment;

  public ServerPrograms(Clock clock, IdGenerator ids, CommandEnvironment environment) {
    this.clock = clock;
    this.ids = ids;
    this.environment = environment;
  }

  @Override
  public Program start(List<String> command, Path directory, Map<String, String> variables)
      throws IOException {
    return new Resident(
        ResidentProgram.start(command, directory, environment, variables, clock, ids));
  }

  private record Resident(ResidentProgram program) implements Program {
    @Override
    public OutputStream input() {
      return program.input();
    }

    @Override
    public InputStream output() {
      return program.output();
    }

    @Override
    public InputStream errors() {
      return program.errors();
    }

    @Override
    public void end() {
      program.end();
    }
  }
}
