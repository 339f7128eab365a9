package com.commaagents.bench.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

import com.commaagents.base.task.TaskScope;

/// The least that is needed to bring lines to disk: loops that write and force, and nothing else.
final class RawDisk {
  private final Path folder;

  RawDisk(Path folder) {
    this.folder = folder;
  }

  /// One file that grows, one force for so many lines. Microseconds of each pair.
  double[] append(byte[] line, int linesPerForce, int forces) throws IOException {
    try (FileChannel file = open("append")) {
      ByteBuffer lines = repeated(line, linesPerForce);
      return timed(
          forces,
          () -> {
            write(file, lines.rewind());
            file.force(false);
          });
    }
  }

  /// As [#append], into a file that has its size already.
  double[] overwrite(byte[] line, int linesPerForce, int forces) throws IOException {
    try (FileChannel file = open("overwrite")) {
      ByteBuffer lines = repeated(line, linesPerForce);
      long size = (long) lines.capacity() * forces;
      for (long at = 0; at < size; at += lines.capacity()) {
        write(file, lines.rewind());
      }
      file.force(true);
      file.position(0);
      return timed(
          forces,
          () -> {
            write(file, lines.rewind());
            file.force(false);
          });
    }
  }

  /// One line into each of many files, and a force of each. Microseconds of all of them.
  ///
  /// @param together whether the forces are given to the system at once
  double[] eachFile(byte[] line, int files, int rounds, boolean together) throws IOException {
    List<FileChannel> all = new ArrayList<>();
    try {
      for (int i = 0; i < files; i++) {
        all.add(open("file-" + i));
      }
      List<Callable<Void>> forces = new ArrayList<>();
      for (FileChannel file : all) {
        forces.add(() -> {
          file.force(false);
          return null;
        });
      }
      return timed(
          rounds,
          () -> {
            for (FileChannel file : all) {
              write(file, ByteBuffer.wrap(line));
            }
            if (together) {
              TaskScope.all("force", forces);
            } else {
              for (FileChannel file : all) {
                file.force(false);
              }
            }
          });
    } finally {
      for (FileChannel file : all) {
        file.close();
      }
    }
  }

  /// What is timed.
  @FunctionalInterface
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private static double[] timed(int count, Step step) throws IOException {
    double[] micros = new double[count];
    try {
      for (int i = 0; i < count; i++) {
        long began = System.nanoTime();
        step.run();
        micros[i] = (System.nanoTime() - began) / 1e3;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("the measurement was interrupted", stopped);
    }
    return micros;
  }

  private FileChannel open(String name) throws IOException {
    Path file = folder.resolve("raw-" + name);
    Files.deleteIfExists(file);
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static ByteBuffer repeated(byte[] line, int count) {
    byte[] all = new byte[line.length * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(line, 0, all, i * line.length, line.length);
    }
    return ByteBuffer.allocateDirect(all.length).put(Arrays.copyOf(all, all.length));
  }

  private static void write(FileChannel file, ByteBuffer lines) throws IOException {
    while (lines.hasRemaining()) {
      file.write(lines);
    }
  }
}
