package com.commaagents.cli.runs;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.cli.terminal.Terminal;
import com.commaagents.runs.care.Permissions;
import com.commaagents.runs.store.LineReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/// Copies a timeline as it stands on disk, byte for byte, up to its last whole line: of one that is
/// being written what follows is not there yet.
public final class TimelineCopy {
  private TimelineCopy() {}

  /// Where lines go.
  private interface Lines {
    void take(byte[] line) throws IOException;
  }

  /// To the standard output.
  public static void print(Path timeline, Terminal terminal) {
    try {
      copy(timeline, line -> terminal.out(line, line.length));
    } catch (IOException refused) {
      throw unreadable(timeline, refused);
    }
  }

  /// Into a new file, which only its owner may read.
  ///
  /// @throws Fault `INVALID_INPUT` when there is such a file already; `PERSISTENCE` when it cannot
  ///   be written, and then it is removed again
  public static void save(Path timeline, Path file) {
    boolean done = false;
    try (FileChannel channel =
            FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Permissions.ofNewFile(file));
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      try {
        copy(timeline, out::write);
        out.flush();
        done = true;
      } finally {
        if (!done) {
          Files.deleteIfExists(file);
        }
      }
    } catch (FileAlreadyExistsException taken) {
      throw new Fault(
          FaultCode.INVALID_INPUT, "--to: " + file + " exists already. Name another file.", taken);
    } catch (NoSuchFileException missing) {
      throw new Fault(
          FaultCode.INVALID_INPUT, "--to: there is no folder for " + file + ".", missing);
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "The timeline cannot be written to " + file + ": " + refused.getMessage() + ".",
          refused);
    }
  }

  private static void copy(Path timeline, Lines target) throws IOException {
    try (InputStream in = open(timeline)) {
      LineReader lines = new LineReader(in, LineReader.MAX_LINE_BYTES);
      for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
        if (line.tooLong()) {
          throw new IOException(
              "a line at " + line.offset() + " is too long; comma doctor says more");
        }
        if (line.terminated()) {
          byte[] whole = Arrays.copyOf(line.bytes(), line.bytes().length + 1);
          whole[whole.length - 1] = '\n';
          target.take(whole);
        }
      }
    }
  }

  private static InputStream open(Path timeline) throws IOException {
    try {
      return Files.newInputStream(timeline);
    } catch (NoSuchFileException elsewhere) {
      throw new Fault(
          FaultCode.CONFLICT,
          "The daemon has this run, but not in "
              + timeline.getParent()
              + ". It was started with another runsDir: comma daemon restart takes this one.",
          elsewhere);
    }
  }

  private static Fault unreadable(Path timeline, IOException refused) {
    return new Fault(
        FaultCode.PERSISTENCE,
        "The timeline " + timeline + " cannot be read: " + refused.getMessage() + ".",
        refused);
  }
}
