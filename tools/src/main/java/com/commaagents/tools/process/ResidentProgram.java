package com.commaagents.tools.process;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// A program that stays beside a run and is spoken to over its streams, in a session of its own.
/// Thread-safe.
public final class ResidentProgram {
  private final Process process;
  private final ProcessTree tree;
  private final AtomicBoolean ended = new AtomicBoolean();

  private ResidentProgram(Process process, ProcessTree tree) {
    this.process = process;
    this.tree = tree;
  }

  /// Starts a program with the environment that commands get.
  ///
  /// @param variables added to that environment
  /// @throws IOException when it cannot be started
  public static ResidentProgram start(
      List<String> command,
      Path directory,
      CommandEnvironment environment,
      Map<String, String> variables,
      Clock clock,
      IdGenerator ids)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    Shell shell = environment.shell();
    shell.setsid().ifPresent(setsid -> arguments.add(setsid.toString()));
    arguments.addAll(command);
    String mark = ids.next();
    Map<String, String> all = new HashMap<>(variables);
    all.put(CommandRunner.MARK, mark);
    ProcessBuilder builder = new ProcessBuilder(arguments).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment.with(all));
    Process process = builder.start();
    return new ResidentProgram(
        process,
        ProcessTree.of(
            clock, process, shell.setsid().isPresent(), CommandRunner.MARK + "=" + mark));
  }

  public OutputStream input() {
    return process.getOutputStream();
  }

  public InputStream output() {
    return process.getInputStream();
  }

  public InputStream errors() {
    return process.getErrorStream();
  }

  /// Ends it and everything that came from it. May be called again.
  public void end() {
    // Only once: later the number of its process may be somebody else's.
    if (!ended.getAndSet(true)) {
      tree.end();
    }
  }
}
