package com.commaagents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.RunningDaemon;
import com.commaagents.cli.testing.FakeTerminal;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `comma providers …` and `comma models …` beside a daemon of this process.
@Timeout(60)
class ProviderCommandsTest {
  private static final String KEY = "sk-marker-of-a-key";

  @TempDir Path folder;

  private final Map<String, String> variables = new HashMap<>();
  private FakeTerminal terminal = new FakeTerminal(false, 120);
  private RunningDaemon daemon;

  @BeforeEach
  void startDaemon() throws InterruptedException {
    variables.put("COMMA_HOME", folder.resolve(".comma").toString());
    DaemonSettings settings =
        DaemonSettings.load(place(), new Flags(OptionalInt.of(0), Optional.empty(), false));
    daemon = RunningDaemon.start(settings, new Wiring(place()), FakeMain.BUILD, Clock.system());
  }

  @AfterEach
  void stopDaemon() {
    daemon.close();
  }

  @Test
  void keepsAKeyThatIsTypedUnseen() throws Exception {
    terminal.typing(" " + KEY + " ");
    assertThat(comma("providers", "set-key", "groq")).isZero();
    assertThat(terminal.shown()).isEmpty();
    assertThat(terminal.errors())
        .containsExactly("Key of groq: ", "The key of groq is kept in " + credentials() + ".");
    assertThat(credentialFile().at("/$global/groq"))
        .isEqualTo(Json.object().put("type", "api").put("key", KEY));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials())))
        .isEqualTo("rw-------");
    assertThat(provider("groq").path("authStatus").asString()).isEqualTo("configured");
  }

  @Test
  void readsAKeyFromTheStandardInputWhereNobodyIs() throws Exception {
    terminal = new FakeTerminal().unattended().giving(KEY + "\n");
    variables.put("GROQ_API_KEY", "another");
    assertThat(comma("providers", "set-key", "groq")).isZero();
    assertThat(credentialFile().at("/$global/groq/key").asString()).isEqualTo(KEY);
    assertThat(terminal.errors().getLast()).startsWith("But GROQ_API_KEY is set: it counts");
  }

  @Test
  void refusesWhatCannotBeAKey() throws Exception {
    for (String wrong : List.of("", "two words", "k\u00e9y", "x".repeat(20_000))) {
      terminal = new FakeTerminal().unattended().giving(wrong);
      assertThat(comma("providers", "set-key", "groq")).isEqualTo(ExitCode.USAGE);
      assertThat(terminal.errors())
          .containsExactly("A key is one word of plain characters; nothing was changed.");
    }
    String longest = "x".repeat(ProviderCommands.MAX_KEY_BYTES);
    terminal = new FakeTerminal().unattended().giving(longest);
    assertThat(comma("providers", "set-key", "groq")).isZero();
    assertThat(comma("providers", "set-key")).isEqualTo(ExitCode.USAGE);
    assertThat(comma("providers", "set-key", "grok")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.errors().getLast())
        .startsWith("There is no provider `grok`")
        .contains("groq");
    assertThat(comma("providers", "set-key", "groq", KEY)).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void doesNotPutAKeyInThePlaceOfAnAddress() throws Exception {
    String before =
        "{\"$global\":{\"mine\":{\"type\":\"custom\",\"data\":{\"baseURL\":\"http://[::1]:1\"}}}}";
    Files.writeString(credentials(), before);
    terminal.typing(KEY);
    assertThat(comma("providers", "set-key", "mine")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.errors().getLast())
        .isEqualTo(
            "mine has more than a key: its address and its key are an entry of type custom in "
                + credentials()
                + ".");
    assertThat(credentials()).hasContent(before);
  }

  @Test
  void listsProvidersInColumnsAndForPrograms() throws Exception {
    assertThat(comma("providers", "list")).isZero();
    assertThat(terminal.shown().lines().findFirst())
        .hasValueSatisfying(heading ->
            assertThat(heading.split(" +"))
                .containsExactly("PROVIDER", "NAME", "CREDENTIAL", "MODELS", "FROM"));
    assertThat(terminal.shown().lines())
        .anySatisfy(
            line -> assertThat(line).matches("anthropic +Anthropic +missing +\\d+ +catalog"))
        .anySatisfy(line ->
            assertThat(line).matches("ollama +Ollama +not needed +\\d+ +(not running|live)"));
    assertThat(provider("openai").path("isCustom").asBoolean(true)).isFalse();
  }

  @Test
  void listsTheModelsThatCanBeCalledOrAll() throws Exception {
    assertThat(comma("models", "list", "gpt-5-mini")).isZero();
    assertThat(terminal.shown()).isEmpty();
    assertThat(terminal.errors().getFirst()).contains("--all", "comma providers set-key PROVIDER");

    assertThat(comma("models", "list", "OPENAI/gpt-5-mini", "--all")).isZero();
    assertThat(terminal.shown().lines())
        .anySatisfy(line ->
            assertThat(line)
                .matches("openai/gpt-5-mini +400k +128k +0.25 +2 +tools, reasoning, vision"));

    terminal = new FakeTerminal(false, 120);
    terminal.typing(KEY);
    assertThat(comma("providers", "set-key", "openai")).isZero();
    JsonNode models = json("models", "list", "gpt-5-mini", "--json").path("models");
    assertThat(models.size()).isEqualTo(1);
    assertThat(models.at("/0/provider").asString()).isEqualTo("openai");
    assertThat(models.at("/0/contextWindow").asInt()).isEqualTo(400_000);
  }

  @Test
  void saysWhatIsWrongWithTheOwnersCatalogue() throws Exception {
    Path own = folder.resolve(".comma/models.json");
    Files.writeString(own, "{\"providers\": {\"openai\": {\"modls\": {}}}}");
    assertThat(comma("models", "list", "nothing-like-it", "--all")).isZero();
    assertThat(terminal.errors())
        .contains(own + ":1:27: providers.openai.modls: unknown field; did you mean \"models\"?");
  }

  /// Whatever a provider does, what we know of a key stays where it was put.
  @Test
  void showsNoSecretInAnyListErrorTimelineOrLog() throws Exception {
    HttpServer echo =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    echo.createContext(
        "/",
        exchange -> {
          String key = String.valueOf(exchange.getRequestHeaders().getFirst("authorization"));
          byte[] body =
              ("{\"error\":{\"message\":\"no: " + key + "\"}}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    echo.start();
    try {
      String url = "http://127.0.0.1:" + echo.getAddress().getPort() + "/v1?" + KEY;
      Files.writeString(
          credentials(),
          """
          {"$global": {
            "mine": {"type": "custom", "data": {"baseURL": "%s", "apiKey": "%s", "headers": {"X-K": "%s"}}},
            "bad": {"type": "custom", "data": {"baseURL": "http://u:%s@h:x/"}},
            "worse": {"type": "%s"},
            "openai": {"type": "oauth", "accessToken": "%s", "expiresAt": 1}}}
          """
              .formatted(url, KEY, KEY, KEY, KEY, KEY));
      for (String command : List.of("providers list --live", "models list --live --all")) {
        assertThat(comma(command.split(" "))).isZero();
        assertThat(json((command + " --json").split(" ")).toString()).doesNotContain(KEY);
      }
      for (String provider : List.of("mine", "bad", "worse", "openai")) {
        runs(provider);
      }
      Files.writeString(credentials(), "{\"$global\": " + KEY);
      assertThat(comma("providers", "list")).isNotZero();
      runs("openai");
    } finally {
      echo.stop(0);
    }
    assertThat(terminal.shown()).doesNotContain(KEY);
    assertThat(String.join("\n", terminal.errors())).contains("401").doesNotContain(KEY);
    assertThat(written())
        .isNotEmpty()
        .allSatisfy(file ->
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(KEY));
  }

  private void runs(String provider) throws Exception {
    Path strategy =
        Files.writeString(
            folder.resolve("s.yaml"),
            """
            name: s
            version: '1'
            agents: {a: {model: %s/m}}
            flow: {type: sequential, name: m, steps: [{agent: a}]}
            """
                .formatted(provider));
    assertThat(comma("run", strategy.toString(), "--input", "x")).isEqualTo(ExitCode.RUN_FAILED);
  }

  /// What the daemon has written but the credentials themselves.
  private List<Path> written() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(".comma"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.equals(credentials()))
          .toList();
    }
  }

  private JsonNode provider(String id) throws InterruptedException {
    return json("providers", "list", "--json")
        .path("providers")
        .valueStream()
        .filter(provider -> provider.path("id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode json(String... typed) throws InterruptedException {
    FakeTerminal own = new FakeTerminal();
    assertThat(program(own).run(typed)).isZero();
    return Json.parse(own.shown()).orElseThrow();
  }

  private int comma(String... typed) throws InterruptedException {
    return program(terminal).run(typed);
  }

  private CommandLineProgram program(FakeTerminal shown) {
    return TypedCommands.of("comma", place(), shown);
  }

  private JsonNode credentialFile() throws IOException {
    return Json.parse(Files.readAllBytes(credentials())).orElseThrow();
  }

  private Path credentials() {
    return folder.resolve(".comma/credentials.json");
  }

  private Place place() {
    return new Place(Map.copyOf(variables), folder, folder);
  }
}
