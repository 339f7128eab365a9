package com.commaagents.tools.web;

import com.commaagents.tools.failure.ToolError;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Work with an end: whatever waits in a socket is woken by closing what it works with.
final class Deadline {
  /// A look-up of a name cannot be broken off; its thread is not waited for any longer.
  private static final Duration ENDING = Duration.ofSeconds(1);

  private Deadline() {}

  /// What comes of it; empty when it took too long.
  ///
  /// @param works closed when the work ends, is interrupted or takes too long
  /// @throws ToolError the work's own
  static <T> Optional<T> within(Duration patience, WebClient works, Callable<T> work)
      throws ToolError, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = Thread.ofVirtual().name("webfetch").start(task);
    try {
      return Optional.of(task.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return Optional.empty();
    } catch (ExecutionException failed) {
      throw failure(failed.getCause());
    } finally {
      works.close();
      thread.interrupt();
      boolean _ = thread.join(ENDING);
    }
  }

  private static ToolError failure(@Nullable Throwable cause) {
    return switch (cause) {
      case ToolError error -> error;
      case RuntimeException error -> throw error;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(cause);
    };
  }
}
