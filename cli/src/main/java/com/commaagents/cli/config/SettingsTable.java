package com.commaagents.cli.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Every setting: its key in `daemon.json`, its environment variable, and what it sets.
final class SettingsTable {
  /// A WebSocket message of less could not hold a prompt.
  static final int MIN_MESSAGE_BYTES = 1 << 10;

  static final int MAX_MESSAGE_BYTES = 64 << 20;
  static final int MAX_CONCURRENT_RUNS = 100_000;
  static final int MAX_WRITES = 100;

  /// Read before all others, as it says which file to read.
  static final String CONFIG_FILE_VARIABLE = "COMMA_DAEMON_CONFIG_FILE";

  @FunctionalInterface
  interface Setter {
    void set(SettingsDraft draft, SettingValue value);
  }

  record Row(String key, Optional<String> variable, Setter setter) {}

  static final List<Row> ROWS =
      List.of(
          row("port", "PORT", (draft, value) -> draft.port = value.integer(0, 65_535)),
          row("host", "HOST", (draft, value) -> draft.host = value.text()),
          row(
              "logLevel",
              "LOG_LEVEL",
              (draft, value) -> draft.logLevel = value.oneOf(LogLevel.class)),
          row("logFile", "LOG_FILE", (draft, value) -> draft.logFile = value.path()),
          row("pidFile", "PID_FILE", (draft, value) -> draft.pidFile = value.path()),
          row("runsDir", "RUNS_DIR", (draft, value) -> draft.runsDirectory = value.path()),
          // The public daemon knows these two; here they mean nothing, but are no mistake.
          row("providerCacheDir", "PROVIDER_CACHE_DIR", (draft, value) -> {}),
          fileOnly("configFile", (draft, value) -> {}),
          fileOnly("auth", SettingsTable::setToken),
          fileOnly("allowedOrigins", (draft, value) -> draft.allowedOrigins = value.texts()),
          fileOnly(
              "maxMessageBytes",
              (draft, value) ->
                  draft.maxMessageBytes = value.integer(MIN_MESSAGE_BYTES, MAX_MESSAGE_BYTES)),
          fileOnly(
              "maxConcurrentRuns",
              (draft, value) ->
                  draft.maxConcurrentRuns = OptionalInt.of(value.integer(1, MAX_CONCURRENT_RUNS))),
          fileOnly("commands", (draft, value) -> draft.commands = value.oneOf(CommandPolicy.class)),
          fileOnly(
              "commandSandbox",
              (draft, value) -> draft.commandSandbox = value.oneOf(SandboxChoice.class)),
          fileOnly(
              "commandWrites", (draft, value) -> draft.commandWrites = value.folders(MAX_WRITES)),
          fileOnly(
              "mcpSandbox", (draft, value) -> draft.mcpSandbox = value.oneOf(SandboxChoice.class)),
          fileOnly("mcpWrites", (draft, value) -> draft.mcpWrites = value.folders(MAX_WRITES)),
          fileOnly("webfetchAllow", (draft, value) -> draft.webfetchAllow = value.texts()),
          fileOnly("templateExec", (draft, value) -> draft.templateExec = value.flag()),
          fileOnly(
              "packageRegistry",
              (draft, value) -> draft.packageRegistry = Optional.of(value.registry())));

  private SettingsTable() {}

  static Optional<Row> row(String key) {
    return ROWS.stream().filter(row -> row.key().equals(key)).findFirst();
  }

  static List<String> keys() {
    return ROWS.stream().map(Row::key).toList();
  }

  private static void setToken(SettingsDraft draft, SettingValue value) {
    for (SettingValue token : value.only("token")) {
      draft.token = Optional.of(new Secret(token.text()));
    }
  }

  private static Row row(String key, String variable, Setter setter) {
    return new Row(key, Optional.of("COMMA_DAEMON_" + variable), setter);
  }

  private static Row fileOnly(String key, Setter setter) {
    return new Row(key, Optional.empty(), setter);
  }
}
