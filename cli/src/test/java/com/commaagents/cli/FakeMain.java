package com.commaagents.cli;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.BackgroundProcess;
import com.commaagents.cli.daemon.Build;
import com.commaagents.cli.daemon.DaemonService;
import com.commaagents.cli.terminal.SystemTerminal;
import com.commaagents.cli.testing.FakeDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program with a daemon that only answers `/health`, as a process of its own.
final class FakeMain {
  private FakeMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of("").toAbsolutePath();
    Place place = new Place(System.getenv(), folder, folder);
    System.exit(
        new CommandLineProgram(
                new Surroundings(
                    "comma",
                    place,
                    new SystemTerminal(false, false, 80),
                    BUILD,
                    program(),
                    FakeMain::start,
                    Clock.system()))
            .run(arguments));
  }

  static final Build BUILD = new Build("9.9.9", "0123456789abcdef");

  static BackgroundProcess.Program program() {
    return new BackgroundProcess.Program(command(), Optional.empty());
  }

  static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        FakeMain.class.getName());
  }

  private static DaemonService start(DaemonSettings settings) {
    Logger logger = LoggerFactory.getLogger(FakeMain.class);
    try {
      FakeDaemon daemon = new FakeDaemon(settings.port(), (_, _) -> {});
      return new DaemonService() {
        @Override
        public int port() {
          return daemon.port();
        }

        @Override
        public void close() {
          logger.info("closed in good order");
          daemon.close();
        }
      };
    } catch (IOException taken) {
      throw new Fault(
          FaultCode.CONFLICT, "The port " + settings.port() + " is taken by another program.");
    }
  }
}
