package com.commaagents.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.id.RunId;
import com.commaagents.base.time.Clock;
import com.commaagents.tools.process.CommandEnvironment;
import com.commaagents.tools.confinement.Confinement;
import com.commaagents.mcp.ConnectingServers;
import com.commaagents.engine.tool.McpServers;
import com.commaagents.cli.servers.ServerPrograms;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.plugin.CommaPlugin;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.examples.plugin.ExamplePlugin;
import com.commaagents.models.ProviderModels;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.runs.Extensions;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.tools.BuiltInTools;
import com.commaagents.tools.ToolSettings;
import com.commaagents.tools.trash.Trash;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginJarsTest {
  private static final String SERVICE = "META-INF/services/" + CommaPlugin.class.getName();

  @TempDir Path folder;

  private Path plugins;

  @BeforeEach
  void makeFolder() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    Files.setPosixFilePermissions(plugins, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(PluginJars.load(folder.resolve("elsewhere")))
        .isEqualTo(new PluginJars.Found(List.of(), List.of()));
    assertThat(PluginJars.load(folder)).isEqualTo(new PluginJars.Found(List.of(), List.of()));
  }

  @Test
  void loadsAPluginThatSeesOnlyTheApi() throws Exception {
    exampleJar();

    PluginJars.Found found = PluginJars.load(folder);

    assertThat(found.problems()).isEmpty();
    CommaPlugin plugin = found.plugins().getFirst();
    assertThat(plugin.name()).isEqualTo("example");
    assertThat(plugin).isNotInstanceOf(ExamplePlugin.class);
    ClassLoader sees = plugin.getClass().getClassLoader();
    assertThat(sees.loadClass(CommaPlugin.class.getName())).isSameAs(CommaPlugin.class);
    assertThat(loads(sees, PluginJars.class)).isFalse();
    assertThat(loads(sees, ProviderModels.class)).isFalse();
  }

  @Test
  void runsAStrategyWithAllThatThePluginAdds() throws Exception {
    exampleJar();
    List<TimelineEntry> timeline =
        run(Path.of("../examples/plugin/strategy.yaml").toAbsolutePath(), "one two three");

    assertThat(result(timeline))
        .as("what came of the shorter of two answers in a second, shorter draft")
        .isEqualTo("It is short: 4.");
    assertThat(work(timeline, "herald"))
        .containsExactly(
            "asked 4 words, please",
            "answered Hear, hear: it has come to this: 4 words, please",
            "called count_words",
            "answered It is short: 4.",
            "called count_words");
  }

  @Test
  void givesAnAgentOfAnAddedTypeItsServersAndSkills() throws Exception {
    exampleJar();
    Files.writeString(folder.resolve("notes.sh"), NOTES);
    Path skill = Files.createDirectories(folder.resolve(".comma/skills/tone"));
    Files.writeString(
        skill.resolve("SKILL.md"), "---\nname: tone\ndescription: Manners.\n---\nBe kind.\n");
    Path strategy =
        Files.writeString(
            folder.resolve("s.yaml"),
            """
            name: s
            version: '1'
            mcpServers: {notes: {transport: stdio, command: sh, args: [notes.sh]}}
            agents:
              herald:
                type: brief
                config:
                  model: scripted/default
                  tools: [count_words, load_skill]
                  mcpServers: [notes]
                  skills: [tone]
                  modelOptions: {temperature: 0.5}
                  maxWords: 2
            flow: {type: sequential, name: f, steps: [{agent: herald}]}
            """);
    Files.writeString(
        folder.resolve("s.script.yaml"),
        "herald: [{tools: [mcp__notes__look: {}]}, 'I have {{tool}}.', 'Two words.']");

    List<TimelineEntry> timeline = run(strategy, "look");

    assertThat(result(timeline)).isEqualTo("Two words.");
    assertThat(work(timeline, "herald"))
        .containsExactly(
            "asked look, please",
            "called mcp__notes__look",
            "answered I have a note of a server.",
            "called count_words",
            "answered Two words.",
            "called count_words");
  }

  /// An MCP server with a tool `look`.
  private static final String NOTES =
      """
      answer() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$1"; }
      while read -r line; do
        id=$(printf '%s' "$line" | sed -n 's/.*"id":\\("[^"]*"\\|[0-9]*\\).*/\\1/p')
        case $line in
          *'"method":"initialize"'*)
            version=$(printf '%s' "$line" | sed 's/.*"protocolVersion":"\\([^"]*\\)".*/\\1/')
            answer '{"protocolVersion":"'"$version"'","capabilities":{"tools":{}},"serverInfo":{"name":"notes","version":"1"}}' ;;
          *'"method":"tools/list"'*)
            answer '{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}' ;;
          *'"method":"tools/call"'*)
            answer '{"content":[{"type":"text","text":"a note of a server"}]}' ;;
        esac
      done
      """;

  /// Runs a strategy with the plug-ins in the folder, and returns its timeline.
  private List<TimelineEntry> run(Path strategy, String input) throws Exception {
    Clock clock = Clock.system();
    IdGenerator ids = IdGenerator.random();
    BuiltInTools tools =
        new BuiltInTools(
            new ToolSettings(Map.of(), Set.of(), folder, Verdict.ALLOW),
            clock,
            ids,
            new Trash(clock, ids, Optional.empty()),
            List.of());
    McpServers servers =
        new ConnectingServers(
            new ServerPrograms(
                clock,
                ids,
                new CommandEnvironment(System.getenv(), Set.of(), ids),
                Confinement.none()),
            _ -> Optional.empty());
    CredentialStore none =
        new CredentialStore(folder.resolve("credentials.json"), _ -> Optional.empty());
    try (ProviderModels models = new ProviderModels(none, clock, ids)) {
      RunSystem runs =
          RunSystem.open(
              RunSystemOptions.of(new MemoryRunStore(), models, tools)
                  .withCwd(folder)
                  .withDataFolder(folder)
                  .withMcpServers(servers)
                  .withExtensions(Extensions.of(PluginJars.load(folder).plugins())));
      ClientId me = new ClientId("me");
      runs.prepareRun(me, PrepareRunOptions.of(strategy));
      String run = runs.runsInMemory().getFirst().runId().value();
      runs.startRun(me, run, Optional.of(input), Optional.empty());
      runs.await(run);
      runs.shutdown();
      return runs.runStore().read(RunId.parse(run).orElseThrow()).entries();
    }
  }

  private static String result(List<TimelineEntry> timeline) {
    return timeline.getLast().event() instanceof TimelineEvent.RunCompleted completed
        ? completed.result().map(CallResult::text).orElse(completed.toString())
        : "none";
  }

  /// What an agent has done.
  private static List<String> work(List<TimelineEntry> timeline, String agent) {
    List<String> done = new ArrayList<>();
    for (TimelineEntry entry : timeline) {
      if (entry.event() instanceof TimelineEvent.ModelTurn(var turn)
          && turn.agentName().equals(agent)) {
        turn.userMessage().ifPresent(asked -> done.add("asked " + asked.content().text()));
        String text = turn.message().content().text();
        if (!text.isEmpty()) {
          done.add("answered " + text);
        }
      } else if (entry.event() instanceof TimelineEvent.ToolCalled(var call)
          && call.agentName().equals(agent)) {
        done.add("called " + call.toolName());
      }
    }
    return done;
  }

  @Test
  void tellsWhichJarsCannotBeLoadedAndLoadsTheOthers() throws Exception {
    exampleJar();
    Files.writeString(plugins.resolve("a-broken.jar"), "no jar");
    jar("b-empty.jar", Map.of());
    jar("c-wrong.jar", Map.of(SERVICE, "com.example.Missing".getBytes(StandardCharsets.UTF_8)));

    PluginJars.Found found = PluginJars.load(folder);

    assertThat(found.plugins()).extracting(CommaPlugin::name).containsExactly("example");
    assertThat(found.problems())
        .hasSize(3)
        .satisfiesExactly(
            broken -> assertThat(broken).contains("a-broken.jar"),
            empty -> assertThat(empty).contains("b-empty.jar", "holds no plug-in"),
            wrong -> assertThat(wrong).contains("c-wrong.jar", "com.example.Missing"));
  }

  @Test
  void loadsNothingThatOthersCanWrite() throws Exception {
    Path jar = exampleJar();
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(PluginJars.load(folder).plugins()).isEmpty();
    assertThat(PluginJars.load(folder).problems())
        .containsExactly(jar + " is not loaded: " + jar + " can be written by others.");

    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(plugins, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(PluginJars.load(folder).plugins()).isEmpty();
  }

  @Test
  void loadsAsManyJarsAsItMay() throws Exception {
    for (int i = 0; i <= PluginJars.MAX_JARS; i++) {
      jar("p%03d.jar".formatted(i), Map.of());
    }
    assertThat(PluginJars.load(folder).problems())
        .hasSize(PluginJars.MAX_JARS + 1)
        .last()
        .asString()
        .doesNotContain("p100.jar");
    assertThat(PluginJars.load(folder).problems())
        .anyMatch(problem -> problem.contains("holds more than " + PluginJars.MAX_JARS));
  }

  private static boolean loads(ClassLoader loader, Class<?> type) {
    try {
      return loader.loadClass(type.getName()) != null;
    } catch (ClassNotFoundException unseen) {
      return false;
    }
  }

  /// The example as its module builds it, from the jar or the folder of classes it is in.
  private Path exampleJar() throws IOException, URISyntaxException {
    Path from =
        Path.of(ExamplePlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = plugins.resolve("example.jar");
    if (Files.isRegularFile(from)) {
      return Files.copy(from, jar);
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(from.relativize(file).toString()));
        out.write(Files.readAllBytes(file));
      }
    }
    return jar;
  }

  private void jar(String name, Map<String, byte[]> entries) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(plugins.resolve(name)))) {
      out.putNextEntry(new JarEntry("README"));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
  }
}
