package com.commaagents.mcp;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.mcp.program.Programs;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.tools.process.CommandEnvironment;
import com.commaagents.tools.process.ResidentProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Real programs.
final class TestPrograms implements Programs {
  private final CommandEnvironment environment =
      new CommandEnvironment(System.getenv(), Set.of(), IdGenerator.random());

  /// The command line of [TestServer].
  static List<String> testServer(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "com.commaagents.mcp.TestServer"));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public Program start(Request request) throws IOException, InterruptedException {
    ResidentProgram program =
        ResidentProgram.start(
            new ResidentProgram.Request(
                request.command(), request.directory(), request.workspace(), request.environment()),
            environment,
            Confinement.none(),
            Clock.system(),
            IdGenerator.random());
    return new Program() {
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
    };
  }
}
