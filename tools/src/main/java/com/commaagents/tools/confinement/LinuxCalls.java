package com.commaagents.tools.confinement;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Functions of the C library of Linux. Each fails with an [IOException] that names the function
/// and the error's number. Thread-safe; what a call changes may be the calling thread alone.
final class LinuxCalls {
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols = linker.defaultLookup();
  private final Function close = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private final Function chdir = function("chdir", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private final Function dup2 =
      function("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private final Function pipe2 =
      function("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private final Function unshare = function("unshare", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private final Function waitpid =
      function("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private final Function prctl =
      function(
          "prctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
  private final Function capget =
      function("capget", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  private final Function capset =
      function("capset", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  private final Function syscall =
      function(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
  // These two return the error's number itself.
  private final Function signalMask =
      function("pthread_sigmask", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private final Function spawn =
      function(
          "posix_spawn",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));

  private record Function(String name, MethodHandle handle) {}

  private LinuxCalls() {}

  /// The functions, where this is Linux and its C library has them.
  static Optional<LinuxCalls> find() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LinuxCalls());
    } catch (UnsupportedOperationException | NoSuchElementException lacking) {
      return Optional.empty();
    }
  }

  // Native access is what this class is for.
  @SuppressWarnings("restricted")
  private Function function(String name, FunctionDescriptor descriptor, Linker.Option... more) {
    Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
    options[more.length] = Linker.Option.captureCallState("errno");
    return new Function(
        name, linker.downcallHandle(symbols.findOrThrow(name), descriptor, options));
  }

  void close(int descriptor) throws IOException {
    call(close, descriptor);
  }

  void changeDirectory(MemorySegment path) throws IOException {
    call(chdir, path);
  }

  void duplicate(int descriptor, int as) throws IOException {
    call(dup2, descriptor, as);
  }

  void pipe(MemorySegment twoDescriptors, int flags) throws IOException {
    call(pipe2, twoDescriptors, flags);
  }

  void unshare(int flags) throws IOException {
    call(unshare, flags);
  }

  int waitFor(int process, MemorySegment status) throws IOException {
    return (int) call(waitpid, process, status, 0);
  }

  void control(int option, long value) throws IOException {
    call(prctl, option, value, 0L, 0L, 0L);
  }

  void getCapabilities(MemorySegment header, MemorySegment sets) throws IOException {
    call(capget, header, sets);
  }

  void setCapabilities(MemorySegment header, MemorySegment sets) throws IOException {
    call(capset, header, sets);
  }

  /// A system call that the C library has no function for; the numbers of young ones are the same
  /// on all machines.
  long system(long number, long first, long second, long third, long fourth) throws IOException {
    return call(syscall, number, first, second, third, fourth);
  }

  void setSignalMask(int how, MemorySegment mask) throws IOException {
    requireZero(signalMask, call(signalMask, how, mask, MemorySegment.NULL));
  }

  void spawn(
      MemorySegment pid, MemorySegment program, MemorySegment arguments, MemorySegment environment)
      throws IOException {
    MemorySegment nothing = MemorySegment.NULL;
    requireZero(spawn, call(spawn, pid, program, nothing, nothing, arguments, environment));
  }

  private static void requireZero(Function function, long error) throws IOException {
    if (error != 0) {
      throw failed(function, (int) error);
    }
  }

  private static long call(Function function, Object... arguments) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      Object[] all = new Object[arguments.length + 1];
      all[0] = state;
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      long result = ((Number) invoke(function.handle(), all)).longValue();
      if (result == -1) {
        throw failed(function, (int) ERRNO.get(state, 0L));
      }
      return result;
    }
  }

  // A method handle declares every failure; those of a downcall are errors of ours.
  private static Object invoke(MethodHandle handle, Object... arguments) {
    try {
      return handle.invokeWithArguments(arguments);
    } catch (Throwable mistake) {
      throw new IllegalStateException(mistake);
    }
  }

  private static IOException failed(Function function, int error) {
    return new IOException(function.name() + " failed with error " + error);
  }
}
