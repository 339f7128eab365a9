package com.commaagents.tools.process;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.tools.confinement.Cell;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.tools.confinement.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// A program that stays beside a run and is spoken to over its streams, in a session of its own.
/// Thread-safe.
public final class ResidentProgram {
  private final Process process;
  private final ProcessTree tree;
  private final Cell cell;
  private final AtomicBoolean ended = new AtomicBoolean();

  private ResidentProgram(Process process, ProcessTree tree, Cell cell) {
    this.process = process;
    this.tree = tree;
    this.cell = cell;
  }

  /// What is to be started.
  ///
  /// @param directory where it runs; where it may write, when it is confined
  /// @param workspace where it may write, too
  /// @param variables added to the environment that commands get
  public record Request(
      List<String> command, Path directory, Path workspace, Map<String, String> variables) {
    public Request {
      command = List.copyOf(command);
      variables = Map.copyOf(variables);
    }
  }

  /// Starts a program with the environment that commands get.
  ///
  /// @throws IOException when it cannot be started, or not so that it is confined
  public static ResidentProgram start(
      Request request,
      CommandEnvironment environment,
      Confinement confinement,
      Clock clock,
      IdGenerator ids)
      throws IOException, InterruptedException {
    environment.watchdog().wake();
    String token = ids.next();
    String mark = environment.watchdog().mark() + "/" + token;
    Map<String, String> lent = new HashMap<>();
    Map<String, String> own = new HashMap<>();
    request.variables().forEach((name, value) -> (isForLoader(name) ? own : lent).put(name, value));
    lent.put(CommandRunner.MARK, mark);
    Shell shell = environment.shell();
    Launch launch =
        new Launch(
            shell.session(),
            request.command(),
            real(request.directory()),
            environment.with(lent),
            own,
            token);
    Cell cell = confinement.open(real(request.workspace()));
    boolean started = false;
    try {
      Process process = cell.start(launch);
      started = true;
      String inEnvironment = CommandRunner.MARK + "=" + mark;
      return new ResidentProgram(
          process, ProcessTree.of(clock, process, !shell.session().isEmpty(), inEnvironment), cell);
    } finally {
      if (!started) {
        cell.close();
      }
    }
  }

  /// Whether whatever is started with it obeys it, also what confines the program. All else is lent
  /// to that, too: what the program alone gets stands in arguments that anybody on the machine can
  /// read, and may be a secret.
  private static boolean isForLoader(String name) {
    return name.startsWith("LD_") || name.startsWith("GLIBC_");
  }

  private static Path real(Path folder) throws IOException {
    try {
      return folder.toRealPath();
    } catch (NoSuchFileException missing) {
      throw new IOException("there is no folder " + folder, missing);
    }
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
      cell.close();
    }
  }
}
