package com.commaagents.tools.disk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The functions of the C library of Linux by which folders are looked through and files are
/// opened. Each returns what it is asked for, or the error's number below zero, and begins anew
/// where a signal interrupts it.
///
/// Only for 64 bits of x86 or ARM: the numbers of flags differ between machines. Thread-safe; a
/// call holds its thread until it returns.
final class LinuxFiles {
  /// What each call needs for itself, the first argument of all of them.
  static final StructLayout STATE = Linker.Option.captureStateLayout();

  /// Where a descriptor's number is a path to what it holds.
  static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final int INTERRUPTED = 4;

  private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
  private static final int DIRECTORY = ARM ? 0x4000 : 0x10000;
  private static final int NO_FOLLOW = ARM ? 0x8000 : 0x20000;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int NON_BLOCKING = 0x800;
  private static final int PATH_ONLY = 0x200000;
  private static final int WRITE_NEW = 0x1 | 0x40 | 0x80;
  private static final int OWNER_ALONE = 0600;
  private static final int EVERYBODY = 0777;
  private static final int STAT_NO_FOLLOW = 0x100;
  private static final int STAT_DESCRIPTOR = 0x1000;
  private static final int TYPE_MODE_AND_SIZE = 0x203;

  // A text that ends at once.
  private static final MemorySegment EMPTY = Arena.global().allocate(1);

  private static final Optional<LinuxFiles> HERE = look();

  private final MethodHandle openat;
  private final MethodHandle mkdirat;
  private final MethodHandle getdents;
  private final MethodHandle statx;
  private final MethodHandle read;
  private final MethodHandle close;

  // Native access is what this class is for.
  @SuppressWarnings("restricted")
  private LinuxFiles(Linker linker, SymbolLookup symbols) {
    Linker.Option errno = Linker.Option.captureCallState("errno");
    openat =
        linker.downcallHandle(
            symbols.findOrThrow("openat"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            errno,
            Linker.Option.firstVariadicArg(3));
    mkdirat =
        linker.downcallHandle(
            symbols.findOrThrow("mkdirat"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
            errno);
    getdents =
        linker.downcallHandle(
            symbols.findOrThrow("getdents64"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
            errno);
    statx =
        linker.downcallHandle(
            symbols.findOrThrow("statx"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
            errno);
    read =
        linker.downcallHandle(
            symbols.findOrThrow("read"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
            errno);
    close =
        linker.downcallHandle(
            symbols.findOrThrow("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT), errno);
  }

  /// The functions, where this is a Linux that has them, and `/proc`.
  static Optional<LinuxFiles> find() {
    return HERE;
  }

  private static Optional<LinuxFiles> look() {
    String machine = System.getProperty("os.arch");
    if (!System.getProperty("os.name").equals("Linux")
        || !(machine.equals("amd64") || machine.equals("aarch64"))
        || !Files.isDirectory(DESCRIPTORS)) {
      return Optional.empty();
    }
    try {
      Linker linker = Linker.nativeLinker();
      return Optional.of(new LinuxFiles(linker, linker.defaultLookup()));
    } catch (UnsupportedOperationException | NoSuchElementException lacking) {
      return Optional.empty();
    }
  }

  /// Opens a folder in an open one to be listed.
  int openFolder(MemorySegment state, int in, MemorySegment name) {
    return open(state, in, name, DIRECTORY | NO_FOLLOW | CLOSE_ON_EXEC, 0);
  }

  /// Opens a folder in an open one only to be passed, for which it need not be read.
  int pass(MemorySegment state, int in, MemorySegment name) {
    return open(state, in, name, DIRECTORY | NO_FOLLOW | CLOSE_ON_EXEC | PATH_ONLY, 0);
  }

  /// Opens whatever has a name, also a link, only to be held: nothing is done to it.
  int hold(MemorySegment state, int in, MemorySegment name) {
    return open(state, in, name, NO_FOLLOW | CLOSE_ON_EXEC | PATH_ONLY, 0);
  }

  /// Opens a file in an open folder to be read; never waits for who is at the other end of a pipe.
  int openFile(MemorySegment state, int in, MemorySegment name) {
    return open(state, in, name, NO_FOLLOW | CLOSE_ON_EXEC | NON_BLOCKING, 0);
  }

  /// Makes a file that must not exist, to be written.
  int createFile(MemorySegment state, int in, MemorySegment name) {
    return open(state, in, name, WRITE_NEW | NO_FOLLOW | CLOSE_ON_EXEC, OWNER_ALONE);
  }

  private int open(MemorySegment state, int in, MemorySegment name, int flags, int mode) {
    try {
      while (true) {
        int result = (int) openat.invokeExact(state, in, name, flags, mode);
        if (result >= 0 || error(state) != INTERRUPTED) {
          return result >= 0 ? result : -error(state);
        }
      }
    } catch (Throwable mistake) {
      throw new IllegalStateException(mistake);
    }
  }

  /// Makes a folder in an open one, with the usual permissions.
  int makeFolder(MemorySegment state, int in, MemorySegment name) {
    try {
      int done = (int) mkdirat.invokeExact(state, in, name, EVERYBODY);
      return done >= 0 ? done : -error(state);
    } catch (Throwable mistake) {
      throw new IllegalStateException(mistake);
    }
  }

  /// Takes the next names of an open folder; 0 at the end.
  int list(MemorySegment state, int folder, MemorySegment buffer) {
    try {
      long result = (long) getdents.invokeExact(state, folder, buffer, buffer.byteSize());
      return (int) (result >= 0 ? result : -error(state));
    } catch (Throwable mistake) {
      throw new IllegalStateException(mistake);
    }
  }

  /// Looks what a name stands for.
  int stat(MemorySegment state, int in, MemorySegment name, MemorySegment result) {
    return stat(state, in, name, STAT_NO_FOLLOW, result);
  }

  /// Looks what is open.
  int stat(MemorySegment state, int descriptor, MemorySegment result) {
    return stat(state, descriptor, EMPTY, STAT_DESCRIPTOR, result);
  }

  private int stat(
      MemorySegment state, int in, MemorySegment name, int flags, MemorySegment result) {
    try {
      int done = (int) statx.invokeExact(state, in, name, flags, TYPE_MODE_AND_SIZE, result);
      return done >= 0 ? done : -error(state);
    } catch (Throwable mistake) {
      throw new IllegalStateException(mistake);
    }
  }

  /// Reads what is there, up to the size of the buffer; 0 at the end.
  int read(MemorySegment state, int descriptor, MemorySegment buffer) {
    try {
      while (true) {
        long result = (long) read.invokeExact(state, descriptor, buffer, buffer.byteSize());
        if (result >= 0 || error(state) != INTERRUPTED) {
          return (int) (result >= 0 ? result : -error(state));
        }
      }
    } catch (Throwable mistake) {
      throw new IllegalStateException(mistake);
    }
  }

  int close(MemorySegment state, int descriptor) {
    try {
      return (int) close.invokeExact(state, descriptor);
    } catch (Throwable mistake) {
      throw new IllegalStateException(mistake);
    }
  }

  private static int error(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }
}
