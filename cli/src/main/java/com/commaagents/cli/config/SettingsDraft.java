package com.commaagents.cli.config;

import com.commaagents.packages.registry.RegistryAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Settings while their sources are read, one over the other. Used by one thread.
final class SettingsDraft {
  private final Path dataDirectory;

  String host = DaemonSettings.DEFAULT_HOST;
  int port = DaemonSettings.DEFAULT_PORT;
  LogLevel logLevel = LogLevel.INFO;
  Path logFile;
  Path pidFile;
  Path runsDirectory;
  Optional<Secret> token = Optional.empty();
  List<String> allowedOrigins = List.of();
  int maxMessageBytes = DaemonSettings.DEFAULT_MAX_MESSAGE_BYTES;
  OptionalInt maxConcurrentRuns = OptionalInt.empty();
  CommandPolicy commands = CommandPolicy.ALLOW;
  SandboxChoice commandSandbox = SandboxChoice.AUTO;
  List<Path> commandWrites = List.of();
  SandboxChoice mcpSandbox = SandboxChoice.OFF;
  List<Path> mcpWrites = List.of();
  List<String> webfetchAllow = List.of();
  boolean templateExec;
  Optional<String> modelOverride = Optional.empty();
  Optional<RegistryAddress> packageRegistry = Optional.empty();

  SettingsDraft(Path dataDirectory) {
    this.dataDirectory = dataDirectory;
    logFile = dataDirectory.resolve("daemon.log");
    pidFile = dataDirectory.resolve("daemon.pid");
    runsDirectory = dataDirectory.resolve("runs");
  }

  void apply(Flags flags) {
    flags.port().ifPresent(given -> port = given);
    if (flags.modelOverride().isPresent()) {
      modelOverride = flags.modelOverride();
    }
    if (flags.verbose() && logLevel.compareTo(LogLevel.DEBUG) < 0) {
      logLevel = LogLevel.DEBUG;
    }
  }

  DaemonSettings finish() {
    return new DaemonSettings(
        dataDirectory,
        host,
        port,
        logLevel,
        logFile,
        pidFile,
        runsDirectory,
        token,
        allowedOrigins,
        maxMessageBytes,
        maxConcurrentRuns,
        commands,
        commandSandbox,
        commandWrites,
        mcpSandbox,
        mcpWrites,
        webfetchAllow,
        templateExec,
        modelOverride,
        packageRegistry);
  }
}
