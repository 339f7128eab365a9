package com.commaagents.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.packages.registry.RegistryAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonSettingsTest {
  @TempDir Path home;

  private final Map<String, String> variables = new HashMap<>();

  @Test
  void hasADefaultForEverySetting() {
    Path data = home.resolve(".comma");
    assertThat(load())
        .isEqualTo(
            new DaemonSettings(
                data,
                "127.0.0.1",
                7422,
                LogLevel.INFO,
                data.resolve("daemon.log"),
                data.resolve("daemon.pid"),
                data.resolve("runs"),
                Optional.empty(),
                List.of(),
                16 << 20,
                OptionalInt.empty(),
                CommandPolicy.ALLOW,
                SandboxChoice.AUTO,
                List.of(),
                SandboxChoice.OFF,
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void readsEveryKeyOfTheFile() throws IOException {
    Path data = home.resolve(".comma");
    file(
        """
        {"port": 1, "host": "0.0.0.0", "logLevel": "debug", "logFile": "logs/a.log",
         "pidFile": "/run/comma.pid", "runsDir": "~/runs", "providerCacheDir": 7, "configFile": [],
         "auth": {"token": "s3cret"}, "allowedOrigins": ["http://localhost:3000"],
         "maxMessageBytes": 1024, "maxConcurrentRuns": 4, "commands": "ask",
         "commandSandbox": "landlock", "commandWrites": ["~/.m2", "/opt/cache"],
         "mcpSandbox": "auto", "mcpWrites": ["~/notes"],
         "webfetchAllow": ["docs.internal", "10.1.0.0/16"], "templateExec": true,
         "packageRegistry": "https://packages.example.org/index.json"}
        """);
    assertThat(load())
        .isEqualTo(
            new DaemonSettings(
                data,
                "0.0.0.0",
                1,
                LogLevel.DEBUG,
                data.resolve("logs/a.log"),
                Path.of("/run/comma.pid"),
                home.resolve("runs"),
                Optional.of(new Secret("s3cret")),
                List.of("http://localhost:3000"),
                1024,
                OptionalInt.of(4),
                CommandPolicy.ASK,
                SandboxChoice.LANDLOCK,
                List.of(home.resolve(".m2"), Path.of("/opt/cache")),
                SandboxChoice.AUTO,
                List.of(home.resolve("notes")),
                List.of("docs.internal", "10.1.0.0/16"),
                true,
                Optional.empty(),
                Optional.of(
                    new RegistryAddress.Web(
                        URI.create("https://packages.example.org/index.json")))));
  }

  @Test
  void takesOnlyFoldersThatAreNamedFromTheRootOrTheHomeForCommandsToWriteIn() throws IOException {
    String hundred = "\"/a\"" + ", \"/a\"".repeat(99);
    file("{\"commandWrites\": [" + hundred + "]}");
    assertThat(load().commandWrites()).hasSize(100);

    String expected = "expected a list of at most 100 folders, each as /… or ~/…";
    file("{\"commandWrites\": [" + hundred + ", \"/a\"]}");
    assertThatThrownBy(this::load).hasMessageContaining(expected);
    file("{\"commandWrites\": [\"build\"]}");
    assertThatThrownBy(this::load).hasMessageContaining(expected);
    file("{\"commandWrites\": [\"/tmp/..\"]}");
    assertThatThrownBy(this::load)
        .hasMessageContaining("with / programs may write everywhere; turn their sandbox off");
  }

  @Test
  void letsTheEnvironmentWinOverTheFileAndFlagsOverBoth() throws IOException {
    file("{\"port\": 1, \"host\": \"localhost\", \"logLevel\": \"warn\"}");
    variables.put("COMMA_DAEMON_PORT", "2");
    variables.put("COMMA_DAEMON_HOST", "::1");
    variables.put("COMMA_DAEMON_LOG_LEVEL", "ERROR");
    variables.put("COMMA_DAEMON_LOG_FILE", "/var/log/comma");
    variables.put("COMMA_DAEMON_PID_FILE", "/run/p");
    variables.put("COMMA_DAEMON_RUNS_DIR", "runs");
    variables.put("COMMA_DAEMON_PROVIDER_CACHE_DIR", "anything");
    DaemonSettings ofEnvironment = load();
    assertThat(ofEnvironment)
        .extracting(
            DaemonSettings::port,
            DaemonSettings::host,
            DaemonSettings::logLevel,
            DaemonSettings::logFile,
            DaemonSettings::pidFile,
            DaemonSettings::runsDirectory)
        .containsExactly(
            2,
            "::1",
            LogLevel.ERROR,
            Path.of("/var/log/comma"),
            Path.of("/run/p"),
            home.resolve("work/runs"));

    DaemonSettings ofFlags =
        DaemonSettings.load(
            place(), new Flags(OptionalInt.of(3), Optional.of("scripted/default"), true));
    assertThat(ofFlags)
        .extracting(DaemonSettings::port, DaemonSettings::modelOverride, DaemonSettings::logLevel)
        .containsExactly(3, Optional.of("scripted/default"), LogLevel.DEBUG);
  }

  @Test
  void takesAnEmptyVariableForNone() {
    variables.put("COMMA_DAEMON_PORT", " ");
    variables.put("COMMA_HOME", "");
    assertThat(load().port()).isEqualTo(7422);
    assertThat(load().dataDirectory()).isEqualTo(home.resolve(".comma"));
  }

  @Test
  void findsTheDataFolderInTheEnvironment() {
    variables.put("COMMA_HOME", "elsewhere");
    assertThat(load().dataDirectory()).isEqualTo(home.resolve("work/elsewhere"));
    variables.put("COMMA_HOME", "~/data");
    assertThat(load().dataDirectory()).isEqualTo(home.resolve("data"));
  }

  @Test
  void readsAnotherFileWhereTheEnvironmentNamesOne() throws IOException {
    file("{\"port\": 1}");
    Files.createDirectories(home.resolve("other"));
    Files.writeString(
        home.resolve("other/settings.json"), "{\"port\": 9, \"logFile\": \"here.log\"}");
    variables.put("COMMA_DAEMON_CONFIG_FILE", "~/other/settings.json");
    assertThat(load().port()).isEqualTo(9);
    assertThat(load().logFile()).isEqualTo(home.resolve("other/here.log"));
  }

  @Test
  void readsWhatIsRightWhereThatIsEnough() throws IOException {
    file("{\"port\": \"many\", \"runsDir\": \"/elsewhere\", \"host\": \"0.0.0.0\", x");

    DaemonSettings.Legible read = DaemonSettings.legible(new Place(variables, home, home));

    assertThat(read.settings().runsDirectory()).isEqualTo(Path.of("/elsewhere"));
    assertThat(read.settings().host()).isEqualTo("0.0.0.0");
    assertThat(read.settings().port()).isEqualTo(7422);
    assertThat(read.faults()).hasSize(2);
    file("{\"host\": \"0.0.0.0\"}");
    assertThat(DaemonSettings.legible(new Place(variables, home, home)).faults())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("The host 0.0.0.0 can be reached from other machines");
    file("{}");
    assertThat(DaemonSettings.legible(new Place(variables, home, home)))
        .isEqualTo(new DaemonSettings.Legible(load(), List.of()));
  }

  @Test
  void tellsAllProblemsAtOnceWithLineAndColumn() throws IOException {
    file(
        """
        {
          "prot": 1,
          "port": "many",
            "zebra": true,
          "port": 2,
          "auth": {"tokn": "s3cret"},
          "auth.token": "s3cret"
        }
        """);
    variables.put("COMMA_DAEMON_PORT", "80 80");
    Path file = home.resolve(".comma/daemon.json");
    assertThatThrownBy(this::load)
        .isInstanceOfSatisfying(
            Fault.class,
            fault -> {
              assertThat(fault.code()).isEqualTo(FaultCode.INVALID_INPUT);
              assertThat(fault.message().replace(file.toString(), "FILE").lines())
                  .containsExactly(
                      "FILE:2:3: prot: unknown setting; did you mean `port`?",
                      "FILE:3:3: port: expected a whole number from 0 to 65535, got another text.",
                      "FILE:4:5: zebra: unknown setting.",
                      "FILE:5:3: port: given twice.",
                      "FILE:6:3: auth.tokn: unknown setting; did you mean `token`?",
                      "FILE:7:3: auth.token: unknown setting; write it as {\"auth\": {\"token\":"
                          + " \"…\"}}.",
                      "Environment variable COMMA_DAEMON_PORT: expected a whole number from 0 to"
                          + " 65535, got another text.");
              assertThat(fault.message()).doesNotContain("s3cret");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"port\": 65536}|port: expected a whole number from 0 to 65535, got the number 65536.",
        "{\"port\": -1}|port: expected a whole number from 0 to 65535, got the number -1.",
        "{\"port\": 1.5}|port: expected a whole number from 0 to 65535, got the number 1.5.",
        "{\"port\": \"1\"}|port: expected a whole number from 0 to 65535, got another text.",
        "{\"host\": 3}|host: expected a text that is not empty, got the number 3.",
        "{\"host\": \"\"}|host: expected a text that is not empty, got an empty text.",
        "{\"logLevel\": \"loud\"}|logLevel: expected one of off, error, warn, info, debug, trace,"
            + " got another text.",
        "{\"commands\": null}|commands: expected one of allow, ask, deny, got null.",
        "{\"auth\": \"x\"}|auth: expected an object with the field token, got another text.",
        "{\"auth\": {\"token\": 1}}|auth.token: expected a text that is not empty, got the number"
            + " 1.",
        "{\"allowedOrigins\": {}}|allowedOrigins: expected a list of texts, got an object.",
        "{\"allowedOrigins\": [1]}|allowedOrigins: expected a list of texts, got a list.",
        "{\"maxMessageBytes\": 1023}|maxMessageBytes: expected a whole number from 1024 to"
            + " 67108864, got the number 1023.",
        "{\"maxConcurrentRuns\": 0}|maxConcurrentRuns: expected a whole number from 1 to 100000,"
            + " got the number 0.",
        "[]|expected a JSON object.",
      })
  void refusesWhatDoesNotFit(String content, String message) throws IOException {
    file(content);
    assertThatThrownBy(this::load).isInstanceOf(Fault.class).hasMessageEndingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"port\": 1} 2", "{'port': 1}", "// no\n{}"})
  void refusesWhatIsNoJson(String content) throws IOException {
    file(content);
    assertThatThrownBy(this::load).isInstanceOf(Fault.class).hasMessageContaining("daemon.json");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    String filler = " ".repeat(SettingsFile.MAX_BYTES - 2);
    file("{}" + filler);
    assertThat(load().port()).isEqualTo(7422);
    file("{}" + filler + " ");
    assertThatThrownBy(this::load).isInstanceOf(Fault.class).hasMessageContaining("larger than");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]", "a.localhost"})
  void needsNoTokenOnLoopback(String host) {
    variables.put("COMMA_DAEMON_HOST", host);
    assertThat(load().isLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.168.0.1", "example.org", "127.0.0.1.example.org"})
  void refusesAnyOtherHostWithoutAToken(String host) {
    variables.put("COMMA_DAEMON_HOST", host);
    assertThatThrownBy(this::load).isInstanceOf(Fault.class).hasMessageContaining("auth");
  }

  @Test
  void neverPrintsTheToken() throws IOException {
    file("{\"auth\": {\"token\": \"s3cret\"}}");
    assertThat(load().toString()).doesNotContain("s3cret").contains("***");
  }

  private void file(String content) throws IOException {
    Files.createDirectories(home.resolve(".comma"));
    Files.writeString(home.resolve(".comma/daemon.json"), content);
  }

  private DaemonSettings load() {
    return DaemonSettings.load(place(), Flags.NONE);
  }

  private Place place() {
    return new Place(variables, home, home.resolve("work"));
  }
}
