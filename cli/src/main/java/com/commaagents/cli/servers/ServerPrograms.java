package com.commaagents.cli.servers;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.mcp.program.Programs;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.tools.process.CommandEnvironment;
import com.commaagents.tools.process.ResidentProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Starts the programs of MCP servers as commands of agents are started: without the daemon's
/// credentials, in a session of their own, confined where that is wanted, and ended with all they
/// started. Thread-safe.
public final class ServerPrograms implements Programs {
  private final Clock clock;
  private final IdGenerator ids;
  private final CommandEnvironment environment;
  private final Confinement confinement;

  public ServerPrograms(
      Clock clock, IdGenerator ids, CommandEnvironment environment, Confinement confinement) {
    this.clock = clock;
    this.ids = ids;
    this.environment = environment;
    this.confinement = confinement;
  }

  @Override
  public Program start(Request request) throws IOException, InterruptedException {
    ResidentProgram.Request program =
        new ResidentProgram.Request(
            request.command(), request.directory(), request.workspace(), request.environment());
    return new Resident(ResidentProgram.start(program, environment, confinement, clock, ids));
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
