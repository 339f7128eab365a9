package com.commaagents.tools.confinement;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process that Java did not start itself. It is buried when it has ended, also when nobody asks.
final class SpawnedProcess extends Process {
  private static final int BY_SIGNAL = 0x80;

  private final ProcessHandle handle;
  private final CompletableFuture<Integer> exitCode;
  private final OutputStream input;
  private final InputStream output;
  private final InputStream error;

  /// Must not be called by a confined thread: it may start one that waits for the end.
  SpawnedProcess(
      int pid, LinuxCalls calls, OutputStream input, InputStream output, InputStream error) {
    this.input = input;
    this.output = output;
    this.error = error;
    // It is there, alive or not yet buried.
    handle = ProcessHandle.of(pid).orElseThrow();
    exitCode = handle.onExit().thenApply(_ -> bury(pid, calls));
  }

  private static int bury(int pid, LinuxCalls calls) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
      calls.waitFor(pid, status);
      return exitCode(status.get(ValueLayout.JAVA_INT, 0));
    } catch (IOException unknown) {
      throw new UncheckedIOException(unknown);
    }
  }

  // Source: wait(2). A signal counts as in a shell.
  private static int exitCode(int status) {
    int signal = status & 0x7f;
    return signal == 0 ? status >> 8 & 0xff : BY_SIGNAL + signal;
  }

  @Override
  public OutputStream getOutputStream() {
    return input;
  }

  @Override
  public InputStream getInputStream() {
    return output;
  }

  @Override
  public InputStream getErrorStream() {
    return error;
  }

  @Override
  public int waitFor() throws InterruptedException {
    try {
      return exitCode.get();
    } catch (ExecutionException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    try {
      exitCode.get(timeout, unit);
      return true;
    } catch (TimeoutException stillRuns) {
      return false;
    } catch (ExecutionException unknown) {
      throw new IllegalStateException(unknown);
    }
  }

  @Override
  public int exitValue() {
    if (!exitCode.isDone()) {
      throw new IllegalThreadStateException("the process has not ended");
    }
    return exitCode.join();
  }

  @Override
  public void destroy() {
    handle.destroy();
  }

  @Override
  public Process destroyForcibly() {
    handle.destroyForcibly();
    return this;
  }

  @Override
  public boolean supportsNormalTermination() {
    return handle.supportsNormalTermination();
  }

  @Override
  public boolean isAlive() {
    return !exitCode.isDone();
  }

  @Override
  public long pid() {
    return handle.pid();
  }

  @Override
  public ProcessHandle toHandle() {
    return handle;
  }
}
