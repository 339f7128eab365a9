package com.commaagents.mcp.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Port: starts programs that stay for a while. Thread-safe.
public interface Programs {
  /// Starts a program, found as its name is found on the search path.
  ///
  /// @throws IOException when it cannot be started
  Program start(Request request) throws IOException, InterruptedException;

  /// What is to be started.
  ///
  /// @param directory where it runs
  /// @param workspace the working folder of the run it is started for
  /// @param environment what is added to the environment that commands get
  record Request(
      List<String> command, Path directory, Path workspace, Map<String, String> environment) {
    public Request {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  /// A program that was started.
  interface Program {
    OutputStream input();

    InputStream output();

    InputStream errors();

    /// Ends it and everything that came from it. May be called again, and by any thread.
    void end();
  }
}
