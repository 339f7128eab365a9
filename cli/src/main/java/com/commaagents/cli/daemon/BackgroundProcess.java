package com.commaagents.cli.daemon;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A daemon started in the background, in a session of its own where the host has `setsid`, so that
/// a Ctrl-C in the terminal does not reach it. What it prints goes to the log file.
public final class BackgroundProcess {
  /// So much of the end of the log is shown when the daemon did not start.
  static final int MAX_LAST_WORDS_BYTES = 4096;

  /// How this program is started: the command without arguments, and where `setsid` is.
  public record Program(List<String> command, Optional<Path> setsid) {
    public Program {
      command = List.copyOf(command);
    }
  }

  private final Process process;
  private final Path output;
  private final long outputStart;

  private BackgroundProcess(Process process, Path output, long outputStart) {
    this.process = process;
    this.output = output;
    this.outputStart = outputStart;
  }

  static BackgroundProcess spawn(Program program, DaemonSettings settings, Flags flags) {
    DataFolder.create(settings.dataDirectory());
    Path output = settings.logFile();
    try {
      Path folder = output.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      long outputStart = Files.exists(output) ? Files.size(output) : 0;
      Process process =
          new ProcessBuilder(command(program, flags))
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
      return new BackgroundProcess(process, output, outputStart);
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "The daemon cannot be started: " + refused.getMessage() + ".",
          refused);
    }
  }

  private static List<String> command(Program program, Flags flags) {
    List<String> command = new ArrayList<>();
    program.setsid().ifPresent(path -> command.add(path.toString()));
    command.addAll(program.command());
    command.addAll(List.of("daemon", "start", "--foreground", "--log-to-file-only"));
    flags.port().ifPresent(port -> command.addAll(List.of("--port", Integer.toString(port))));
    flags.modelOverride().ifPresent(model -> command.addAll(List.of("--model-override", model)));
    if (flags.verbose()) {
      command.add("--verbose");
    }
    return command;
  }

  boolean lives() {
    return process.isAlive();
  }

  /// Ends it, unless it is the process of that id or has started it. It has not come to serve
  /// anything, as another one does.
  void endUnlessItIs(long pid) {
    boolean leadsToIt =
        process.pid() == pid || process.descendants().anyMatch(child -> child.pid() == pid);
    if (!leadsToIt) {
      process.destroy();
    }
  }

  /// What it printed or logged since its start, the end of it.
  String lastWords() {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
      long from = Math.max(outputStart, file.length() - MAX_LAST_WORDS_BYTES);
      if (from >= file.length()) {
        return "It said nothing. Its log: " + output;
      }
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip() + "\n(log: " + output + ")";
    } catch (IOException gone) {
      return "Its log " + output + " cannot be read.";
    }
  }
}
