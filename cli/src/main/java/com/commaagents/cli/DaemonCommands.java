package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.cli.arguments.Arguments;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.daemon.DaemonControl;
import com.commaagents.cli.daemon.DaemonLog;
import com.commaagents.cli.daemon.DaemonStatus;
import com.commaagents.cli.daemon.LockHolder;
import com.commaagents.cli.daemon.RunningDaemon;
import com.commaagents.cli.daemon.ShutdownHook;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `comma daemon …`.
final class DaemonCommands {
  private final Surroundings surroundings;

  DaemonCommands(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  int start(Arguments arguments) throws InterruptedException {
    Flags flags = flags(arguments);
    DaemonSettings settings = DaemonSettings.load(surroundings.place(), flags);
    if (arguments.has("--foreground")) {
      return foreground(settings, !arguments.has("--log-to-file-only"));
    }
    say(control(settings, flags).start(), settings);
    return ExitCode.DONE;
  }

  int stop() throws InterruptedException {
    DaemonSettings.Legible read = DaemonSettings.legible(surroundings.place());
    boolean stopped = control(read.settings(), Flags.NONE).stop();
    surroundings.terminal().out(stopped ? "The daemon has stopped.\n" : "No daemon runs.\n");
    warn(read.faults());
    return ExitCode.DONE;
  }

  int restart(Arguments arguments) throws InterruptedException {
    Flags flags = flags(arguments);
    DaemonSettings settings = DaemonSettings.load(surroundings.place(), flags);
    DaemonControl control = control(settings, flags);
    control.stop();
    say(control.start(), settings);
    return ExitCode.DONE;
  }

  int status(Arguments arguments) {
    DaemonSettings.Legible read = DaemonSettings.legible(surroundings.place());
    DaemonStatus status = control(read.settings(), Flags.NONE).status();
    surroundings.terminal().out((arguments.has("--json") ? status.json() : status.text()) + "\n");
    warn(read.faults());
    return status.running() ? ExitCode.DONE : ExitCode.DAEMON;
  }

  // Who is to be found and stopped is in files of the daemon's own; its settings may be wrong.
  private void warn(List<String> faults) {
    if (!faults.isEmpty()) {
      surroundings.terminal().err("These settings are wrong, and no daemon starts with them:");
      faults.forEach(fault -> surroundings.terminal().err("  " + fault));
    }
  }

  private static Flags flags(Arguments arguments) {
    Optional<String> port = arguments.value("--port");
    if (port.filter(text -> !text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535)
        .isPresent()) {
      throw new Fault(FaultCode.INVALID_INPUT, "--port: expected a number from 0 to 65535.");
    }
    return new Flags(
        port.map(text -> OptionalInt.of(Integer.parseInt(text))).orElseGet(OptionalInt::empty),
        arguments.value("--model-override"),
        arguments.has("--verbose"));
  }

  private DaemonControl control(DaemonSettings settings, Flags flags) {
    return new DaemonControl(settings, flags, surroundings.self(), surroundings.clock());
  }

  private void say(LockHolder holder, DaemonSettings settings) {
    surroundings
        .terminal()
        .out(
            "The daemon runs: %s (pid %d, log %s)\n"
                .formatted(address(settings, holder), holder.pid(), holder.logFile()));
  }

  private static String address(DaemonSettings settings, LockHolder holder) {
    return DaemonSettings.localAddress("ws", settings.host(), holder.port().orElse(0), "/ws")
        .toString();
  }

  private int foreground(DaemonSettings settings, boolean alsoConsole) throws InterruptedException {
    Deque<DaemonLog> log = new ArrayDeque<>();
    RunningDaemon daemon =
        RunningDaemon.start(
            settings,
            // The log is opened when the folder is known to be ours, and before anything logs.
            ready -> {
              log.add(DaemonLog.open(ready, alsoConsole));
              return surroundings.factory().start(ready);
            },
            surroundings.build(),
            surroundings.clock());
    Logger logger = LoggerFactory.getLogger(DaemonCommands.class);
    ShutdownHook hook =
        ShutdownHook.install(() -> {
          logger.info("stopping");
          daemon.close();
          logger.info("stopped");
          log.forEach(DaemonLog::close);
          return ExitCode.DONE;
        });
    logger.info(
        "comma {} listens on {} (pid {}, data folder {})",
        surroundings.build().version(),
        address(settings, daemon.holder()),
        daemon.holder().pid(),
        settings.dataDirectory());
    hook.awaitSignal();
    return ExitCode.DONE;
  }
}
