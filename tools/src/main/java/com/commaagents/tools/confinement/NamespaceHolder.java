package com.commaagents.tools.confinement;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A process that holds the namespaces of a run open and waits for the end of its input.
///
/// When it ends, the kernel ends all processes in the namespaces. Its input is a pipe from here, so
/// it ends with this process, too, however that dies. The shell before bubblewrap is its parent:
/// `--die-with-parent` goes by the thread that is the parent, and ours may end at any time.
///
/// Limits: [#PATIENCE] until it stands; [#DYING] until it has ended, when its namespaces have.
final class NamespaceHolder implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(5);
  static final Duration DYING = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final int MAX_BYTES = 4096;
  private static final String STAND_BEFORE = "\"$@\"; exit";
  private static final String HOLD = "read -r _";

  private final Process process;
  private final long pid;
  private final long sinceNanos;

  private NamespaceHolder(Process process, long pid, long sinceNanos) {
    this.process = process;
    this.pid = pid;
    this.sinceNanos = sinceNanos;
  }

  /// @throws IOException when bubblewrap does not come so far; the message is its own
  static NamespaceHolder start(Bubblewrap bubblewrap, List<String> session, Clock clock)
      throws IOException, InterruptedException {
    String shell = bubblewrap.shell().toString();
    List<String> arguments = new ArrayList<>(session);
    arguments.addAll(List.of(shell, "-c", STAND_BEFORE, "comma"));
    arguments.addAll(bubblewrap.holding(List.of(shell, "-c", HOLD)));
    ProcessBuilder builder = new ProcessBuilder(arguments).directory(new File("/"));
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin"));
    Process process = builder.start();
    boolean stands = false;
    try {
      NamespaceHolder holder =
          new NamespaceHolder(process, heldProcess(process, clock), clock.nanos());
      stands = true;
      return holder;
    } finally {
      if (!stands) {
        end(process);
      }
    }
  }

  // Looks at what is there: a read could not be interrupted.
  private static long heldProcess(Process process, Clock clock)
      throws IOException, InterruptedException {
    long deadline = clock.nanos() + PATIENCE.toNanos();
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    while (clock.nanos() - deadline < 0) {
      boolean alive = process.isAlive();
      take(process.getInputStream(), told);
      String text = told.toString(StandardCharsets.UTF_8);
      if (text.contains("}")) {
        return Json.parse(text)
            .map(json -> json.path("child-pid").asLong(0))
            .filter(child -> child > 0)
            .orElseThrow(() -> new IOException("bubblewrap does not tell its process: " + text));
      }
      if (!alive) {
        ByteArrayOutputStream complaint = new ByteArrayOutputStream();
        take(process.getErrorStream(), complaint);
        throw new IOException(complaint.toString(StandardCharsets.UTF_8).strip());
      }
      clock.sleep(PAUSE);
    }
    throw new IOException("bubblewrap did not begin within " + PATIENCE.toSeconds() + " s");
  }

  private static void take(InputStream stream, ByteArrayOutputStream into) throws IOException {
    int waiting = Math.min(stream.available(), MAX_BYTES - into.size());
    if (waiting > 0) {
      into.write(stream.readNBytes(waiting));
    }
  }

  /// The first process within, as it is numbered outside.
  long pid() {
    return pid;
  }

  boolean lives() {
    return process.isAlive();
  }

  boolean isYoungerThan(long nanos) {
    return sinceNanos - nanos > 0;
  }

  /// Whether it ends now, or has ended.
  boolean ends() throws InterruptedException {
    return process.waitFor(DYING);
  }

  @Override
  public void close() {
    end(process);
  }

  private static void end(Process process) {
    process.destroyForcibly();
    try (var _ = process.getOutputStream();
        var _ = process.getErrorStream();
        var _ = process.getInputStream()) {
      return;
    } catch (IOException ended) {
      // Its input was closed from the other side: it has ended.
      return;
    }
  }
}
