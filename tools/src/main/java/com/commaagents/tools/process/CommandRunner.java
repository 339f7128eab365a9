package com.commaagents.tools.process;

import static com.commaagents.engine.event.ToolOutput.Stream.STDERR;
import static com.commaagents.engine.event.ToolOutput.Stream.STDOUT;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.tool.LiveOutput;
import com.commaagents.tools.confinement.Cell;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.tools.confinement.Launch;
import com.commaagents.tools.process.CommandResult.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs the commands of one run, each in a session of its own, and ends what they leave behind when
/// it is closed.
///
/// The calling thread reads both streams itself, by looking what is there: a read could not be
/// interrupted, and would wait for whatever a command left behind. Thread-safe.
///
/// Limits: output as [OutputCapture]; a pause of [#MAX_PAUSE] between looks at most, so that an end
/// is seen that much later; [#MAX_STARTS] starts of a command that never began.
public final class CommandRunner implements AutoCloseable {
  static final Duration MAX_PAUSE = Duration.ofMillis(8);
  static final int MAX_STARTS = 3;
  static final String MARK = "COMMA_COMMAND";

  private final Clock clock;
  private final IdGenerator ids;
  private final CommandEnvironment environment;
  private final Shell shell;
  private final String runMark;
  private final Cell cell;
  // The tree that began first knows since when the run has processes; the mark tells the rest.
  private final AtomicReference<@Nullable ProcessTree> first = new AtomicReference<>();

  /// @param workspace where the commands may write when they are confined; absolute, without links
  public CommandRunner(
      Clock clock,
      IdGenerator ids,
      CommandEnvironment environment,
      Confinement confinement,
      Path workspace) {
    this.clock = clock;
    this.ids = ids;
    this.environment = environment;
    shell = environment.shell();
    runMark = environment.watchdog().mark() + "/" + ids.next();
    cell = confinement.open(workspace);
  }

  /// What is to be run.
  ///
  /// @param directory absolute, without links; the command runs there or not at all
  /// @param environment variables of its own
  public record Request(
      String command, Path directory, Map<String, String> environment, Duration timeout) {
    public Request {
      environment = Map.copyOf(environment);
    }
  }

  /// Runs a command until it ends, its time is over, or the thread is interrupted; with the last
  /// two everything that came from it is ended before this returns.
  ///
  /// @throws IOException when it cannot be started
  public CommandResult run(Request request) throws IOException, InterruptedException {
    return run(request, LiveOutput.NONE);
  }

  /// The same, and tells what the command says as it comes.
  public CommandResult run(Request request, LiveOutput live)
      throws IOException, InterruptedException {
    for (int starts = 1; ; starts++) {
      long sinceNanos = clock.nanos();
      Attempt attempt = attempt(request, live);
      String errors = attempt.result().stderr().text();
      if (attempt.told() || !cell.neverBegan(errors, sinceNanos) || starts == MAX_STARTS) {
        return attempt.result();
      }
    }
  }

  /// @param told whether who watches over the command told of its end
  private record Attempt(CommandResult result, boolean told) {}

  private Attempt attempt(Request request, LiveOutput live)
      throws IOException, InterruptedException {
    String token = ids.next();
    environment.watchdog().wake();
    long start = clock.nanos();
    Process process = start(request, token);
    ProcessTree tree =
        ProcessTree.of(
            clock, process, shell.setsid().isPresent(), MARK + "=" + runMark + "/" + token);
    first.accumulateAndGet(
        tree, (before, now) -> before == null ? Objects.requireNonNull(now) : before.earlier(now));
    OutputCapture stdout =
        new OutputCapture(process.getInputStream(), token, new LiveText(STDOUT, live, clock));
    OutputCapture stderr =
        new OutputCapture(process.getErrorStream(), token, new LiveText(STDERR, live, clock));
    boolean ended = false;
    try {
      Ending ending = await(process, stdout, stderr, start + request.timeout().toNanos());
      ended = !(ending instanceof Ending.TimedOut);
      Duration took = Duration.ofNanos(clock.nanos() - start);
      return new Attempt(
          new CommandResult(ending, stdout.output(), stderr.output(), took),
          !ended || stdout.status().isPresent());
    } finally {
      close(process);
      if (!ended) {
        tree.end();
      }
    }
  }

  private Process start(Request request, String token) throws IOException, InterruptedException {
    Map<String, String> variables = new HashMap<>(request.environment());
    variables.remove(MARK);
    return cell.start(
        new Launch(
            shell.session(),
            shell.arguments(request.command(), token, request.directory()),
            request.directory(),
            environment.with(Map.of(MARK, runMark + "/" + token)),
            variables,
            token));
  }

  private Ending await(
      Process process, OutputCapture stdout, OutputCapture stderr, long deadlineNanos)
      throws IOException, InterruptedException {
    Duration pause = Duration.ofMillis(1);
    while (true) {
      boolean read = stdout.drain();
      read |= stderr.drain();
      if (stdout.status().isPresent()) {
        // What the command wrote before it ended is in the pipe already.
        drainWhatIsThere(stderr);
        return ending(stdout.status().get());
      }
      if (clock.nanos() - deadlineNanos >= 0) {
        return new Ending.TimedOut();
      }
      if (read) {
        pause = Duration.ofMillis(1);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      } else if (process.waitFor(pause)) {
        drainWhatIsThere(stdout);
        drainWhatIsThere(stderr);
        return stdout.status().map(CommandRunner::ending).orElse(exited(process));
      } else {
        pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause.multipliedBy(2);
      }
    }
  }

  // Bounded: somebody who stayed behind may write for ever.
  private static void drainWhatIsThere(OutputCapture stream) throws IOException {
    for (int i = 0; i < 32 && stream.drain(); i++) {
      Thread.onSpinWait();
    }
  }

  private static Ending ending(String status) {
    return status.equals(Shell.MOVED)
        ? new Ending.FolderMoved()
        : new Ending.Exited(Integer.parseInt(status));
  }

  // Without a status the watcher itself was killed, by the command.
  private static Ending exited(Process process) {
    return new Ending.Exited(process.exitValue());
  }

  private static void close(Process process) throws IOException {
    // The last to be opened is the first to be closed: the watcher's input, whose end lets it end,
    // comes after the outputs. See Shell for why.
    try (var _ = process.getOutputStream();
        var _ = process.getErrorStream();
        var _ = process.getInputStream()) {
      return;
    }
  }

  /// Ends everything that commands of this run left behind. Costs nothing when none was run.
  @Override
  public void close() {
    ProcessTree earliest = first.getAndSet(null);
    if (earliest != null) {
      earliest.withMark(MARK + "=" + runMark + "/").end();
    }
    cell.close();
  }
}
