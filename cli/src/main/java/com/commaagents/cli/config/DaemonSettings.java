package com.commaagents.cli.config;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.packages.registry.RegistryAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// All settings of one daemon, complete and checked. Paths are absolute.
///
/// `port` 0 is any free port. `token`, when there is one, is asked of every client.
/// `maxConcurrentRuns` absent is no bound, `packageRegistry` absent: no packages are to be had.
/// `modelOverride` replaces the model of every agent.
public record DaemonSettings(
    Path dataDirectory,
    String host,
    int port,
    LogLevel logLevel,
    Path logFile,
    Path pidFile,
    Path runsDirectory,
    Optional<Secret> token,
    List<String> allowedOrigins,
    int maxMessageBytes,
    OptionalInt maxConcurrentRuns,
    CommandPolicy commands,
    SandboxChoice commandSandbox,
    List<Path> commandWrites,
    SandboxChoice mcpSandbox,
    List<Path> mcpWrites,
    List<String> webfetchAllow,
    boolean templateExec,
    Optional<String> modelOverride,
    Optional<RegistryAddress> packageRegistry) {
  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 7422;
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 16 << 20;

  public DaemonSettings {
    allowedOrigins = List.copyOf(allowedOrigins);
    commandWrites = List.copyOf(commandWrites);
    mcpWrites = List.copyOf(mcpWrites);
    webfetchAllow = List.copyOf(webfetchAllow);
  }

  /// Reads the settings: defaults, then `daemon.json`, then the environment, then flags.
  ///
  /// @throws Fault `INVALID_INPUT` that names every wrong or unknown setting and where it stands;
  ///   also for a host outside loopback without a token
  public static DaemonSettings load(Place place, Flags flags) {
    return SettingsSources.read(place, flags).whole();
  }

  /// Reads them as [#load] does, without flags, for who can do without those that are wrong.
  public static Legible legible(Place place) {
    return SettingsSources.read(place, Flags.NONE);
  }

  /// Settings as far as they can be read.
  ///
  /// @param settings with the usual value for each that is wrong
  /// @param faults what is wrong, a line each
  public record Legible(DaemonSettings settings, List<String> faults) {
    public Legible {
      faults = faults.stream().flatMap(String::lines).toList();
    }

    /// @throws Fault `INVALID_INPUT` when anything is wrong
    DaemonSettings whole() {
      if (!faults.isEmpty()) {
        throw new Fault(FaultCode.INVALID_INPUT, String.join("\n", faults));
      }
      return settings;
    }
  }

  /// Where [#load] reads the settings that are written down, whether there are any or not.
  public static Path file(Place place) {
    return SettingsSources.file(place);
  }

  /// Whether only programs on this machine can connect.
  public boolean isLoopback() {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.matches("127(\\.\\d{1,3}){3}")
        || name.equals("::1")
        || name.equals("[::1]");
  }

  /// Where a client on this machine finds a daemon that listens on `actualPort`.
  public static URI localAddress(String scheme, String host, int actualPort, String path) {
    String name =
        switch (host) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::", "[::]" -> "[::1]";
          default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    return URI.create(scheme + "://" + name + ":" + actualPort + path);
  }

  /// Why nobody should be let in so, if so.
  Optional<String> unguarded() {
    return isLoopback() || token.isPresent()
        ? Optional.empty()
        : Optional.of(
            "The host "
                + host
                + " can be reached from other machines, and the daemon runs commands"
                + " for whoever connects. Set {\"auth\": {\"token\": \"…\"}} in daemon.json, or use"
                + " the host 127.0.0.1.");
  }
}
