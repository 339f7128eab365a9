package com.commaagents.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.id.RunId;
import com.commaagents.base.time.Clock;
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
    Clock clock = Clock.system();
    IdGenerator ids = IdGenerator.random();
    BuiltInTools tools =
        new BuiltInTools(
            new ToolSettings(Map.of(), Set.of(), folder, Verdict.ALLOW),
            clock,
            ids,
            new Trash(clock, ids, Optional.empty()),
            List.of());
    CredentialStore none =
        new CredentialStore(folder.resolve("credentials.json"), _ -> Optional.empty());
    try (ProviderModels models = new ProviderModels(none, clock, ids)) {
      RunSystem runs =
          RunSystem.open(
              RunSystemOptions.of(new MemoryRunStore(), models, tools)
                  .withExtensions(Extensions.of(PluginJars.load(folder).plugins())));
      ClientId me = new ClientId("me");
      Path strategy = Path.of("../examples/plugin/strategy.yaml").toAbsolutePath();
      runs.prepareRun(me, PrepareRunOptions.of(strategy));
      String run = runs.runsInMemory().getFirst().runId().value();
      runs.startRun(me, run, Optional.of("one two three"), Optional.empty());

      CallResult result = runs.await(run).orElseThrow().result().orElseThrow();
      assertThat(result.text())
          .as("what came of the shorter of two answers in a second, shorter draft")
          .isEqualTo("It is short: 4.");
      assertThat(herald(runs, run))
          .containsExactly(
              "asked 4 words, please",
              "answered Hear, hear: it has come to this: 4 words, please",
              "counts count_words",
              "answered It is short: 4.",
              "counts count_words");
      runs.shutdown();
    }
  }

  /// What the herald has done, by the timeline.
  private static List<String> herald(RunSystem runs, String run) {
    List<String> done = new ArrayList<>();
    for (TimelineEntry entry : runs.runStore().read(RunId.parse(run).orElseThrow()).entries()) {
      if (entry.event() instanceof TimelineEvent.ModelTurn(var turn)
          && turn.agentName().equals("herald")) {
        turn.userMessage().ifPresent(asked -> done.add("asked " + asked.content().text()));
        String text = turn.message().content().text();
        if (!text.isEmpty()) {
          done.add("answered " + text);
        }
      } else if (entry.event() instanceof TimelineEvent.ToolCalled(var call)
          && call.agentName().equals("herald")) {
        done.add("counts " + call.toolName());
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
