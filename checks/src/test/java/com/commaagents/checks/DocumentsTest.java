package com.commaagents.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.models.ProviderModels;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.launch.Launcher;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.tools.BuiltInTools;
import com.commaagents.tools.ToolSettings;
import com.commaagents.tools.trash.Trash;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
  private static final Pattern ONE_MACHINE =
      Pattern.compile(
          "(?<![\\w.~-])/(home|root|usr|tmp|work|opt|var|etc|mnt|Users)/|\\b[A-Z]:\\\\");
  private static final Pattern ASSIGNMENT = Pattern.compile("^(?:[A-Z_]+=\\S* )+");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern GOAL = Pattern.compile("(?m)^([a-z-]+):.*## ");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern SUBCOMMAND = Pattern.compile("\"comma ([a-z -]+)\"");
  private static final Pattern FLAG = Pattern.compile("\"(--?[a-z-]+)\"");
  private static final Pattern SETTING = Pattern.compile("(?:row|fileOnly)\\(\\s*\"(\\w+)\"");
  private static final Set<String> PHASES =
      Set.of("clean", "compile", "test-compile", "test", "package", "verify", "install");
  private static final Set<String> GROUPS =
      Set.of("daemon", "runs", "providers", "models", "packages");
  private static final Set<String> HELP = Set.of("--help", "--version", "-h", "-V");
  private static final List<String> MODULES =
      List.of(
          "base",
          "strategy",
          "packages",
          "engine",
          "models",
          "tools",
          "mcp",
          "runs",
          "protocol",
          "server",
          "cli");
  private static final int LEAST_LIMITS = 100;

  @TempDir private Path folder;

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : Documents.all()) {
      for (String link : Documents.links(Files.readString(document))) {
        if (!Documents.leadsSomewhere(document, link)) {
          broken.add(document.getFileName() + " -> " + link);
        }
      }
    }
    assertThat(Documents.all()).hasSizeGreaterThan(10);
    assertThat(broken).isEmpty();
  }

  @Test
  void noPathIsThatOfOneMachine() throws IOException {
    List<String> places = new ArrayList<>();
    for (Path document : Documents.all()) {
      ONE_MACHINE
          .matcher(Files.readString(document))
          .results()
          .forEach(found -> places.add(document.getFileName() + ": " + found.group()));
    }
    assertThat(places).isEmpty();
  }

  @Test
  void theTwoCommandsAreThere() throws IOException {
    assertThat(Documents.commands(Documents.read("README.md")))
        .contains(
            "./comma run examples/code-review/strategy.yaml"
                + " --input \"Review the shop before its first release.\"",
            "mvn verify");
  }

  @Test
  void everyCommandIsOneThatThereIs() throws IOException {
    List<String> unknown = new ArrayList<>();
    for (Path document : Documents.all()) {
      for (String line : Documents.commands(Files.readString(document))) {
        String bare = QUOTED.matcher(ASSIGNMENT.matcher(line).replaceFirst("")).replaceAll("TEXT");
        List<String> words = List.of(bare.split(" +"));
        if (!isKnown(words)) {
          unknown.add(document.getFileName() + ": " + line);
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static boolean isKnown(List<String> words) throws IOException {
    List<String> rest = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "./comma" -> isCommand(rest);
      case "make" ->
          goals().containsAll(rest.stream().filter(word -> !word.contains("=")).toList());
      case "mvn" -> isMavenBuild(rest);
      default -> true;
    };
  }

  private static boolean isCommand(List<String> words) throws IOException {
    String tree = Documents.read("cli/src/main/java/com/commaagents/cli/CommandTree.java");
    Set<String> subcommands = found(SUBCOMMAND, tree);
    String limits = Documents.read("cli/src/main/java/com/commaagents/cli/run/LimitOptions.java");
    Set<String> flags = found(FLAG, tree + limits);
    int length = GROUPS.contains(words.getFirst()) ? 2 : 1;
    return subcommands.contains(String.join(" ", words.subList(0, length)))
        && words.stream()
            .filter(word -> word.startsWith("-") && word.length() > 1)
            .allMatch(word -> flags.contains(word) || HELP.contains(word));
  }

  private static Set<String> goals() throws IOException {
    return found(GOAL, Documents.read("Makefile"));
  }

  private static boolean isMavenBuild(List<String> words) throws IOException {
    int selected = words.indexOf("-pl");
    boolean modulesExist =
        selected < 0
            || found(MODULE, Documents.read("pom.xml"))
                .containsAll(List.of(words.get(selected + 1).split(",")));
    return modulesExist
        && words.stream()
            .filter(word -> !word.startsWith("-"))
            .filter(word -> selected < 0 || !word.equals(words.get(selected + 1)))
            .allMatch(PHASES::contains);
  }

  @Test
  void theReadmeShowsTheExampleAsItIs() throws IOException {
    String source =
        Documents.read(
            "examples/embedding/src/main/java/com/commaagents/examples/embedding/EmbeddedRun.java");
    String body = source.substring(source.lastIndexOf("\nimport ")).split("\n\n", 2)[1];
    assertThat(Documents.blocks(Documents.read("README.md"), "java")).containsExactly(body);
  }

  @Test
  void theFirstStrategyRuns() throws IOException, InterruptedException {
    List<String> files = Documents.blocks(Documents.read("README.md"), "yaml");
    Path strategy = Files.writeString(folder.resolve("hello.yaml"), files.get(0));
    Files.writeString(folder.resolve("hello.script.yaml"), files.get(1));
    ClientId reader = new ClientId("reader");
    try (ProviderModels models =
            new ProviderModels(
                new CredentialStore(folder.resolve("none.json"), _ -> Optional.empty()),
                Clock.system(),
                IdGenerator.random());
        RunSystem runs =
            RunSystem.open(RunSystemOptions.of(new MemoryRunStore(), models, tools()))) {
      PrepareRunOptions wanted =
          PrepareRunOptions.of(strategy).withModelOverride("scripted/default");
      String run = runs.prepareRun(reader, wanted).runId().value();
      runs.startRun(reader, run, Optional.of("a harbour at night"), Optional.empty());
      assertThat(runs.await(run).flatMap(outcome -> outcome.result()))
          .hasValueSatisfying(
              result -> assertThat(result.text()).isEqualTo("Let the gull do something."));
    }
  }

  @Test
  void theReadmeNamesEveryTool() throws IOException {
    assertThat(unnamed(tools().names(), "README.md")).isEmpty();
    assertThat(unnamed(Launcher.toolNames(), "README.md")).isEmpty();
  }

  @Test
  void theReadmeNamesEverySetting() throws IOException {
    String table =
        Documents.read("cli/src/main/java/com/commaagents/cli/config/SettingsTable.java");
    assertThat(found(SETTING, table)).hasSizeGreaterThan(10);
    assertThat(unnamed(found(SETTING, table), "README.md")).isEmpty();
  }

  @Test
  void theProtocolPageNamesEveryMessage() throws IOException {
    for (String family : List.of("client", "daemon")) {
      Path golden =
          JavaSources.root().resolve("protocol/src/test/resources/golden").resolve(family);
      try (var files = Files.list(golden)) {
        Set<String> types =
            files
                .map(file -> file.getFileName().toString())
                .map(name -> name.substring(0, name.indexOf('.')))
                .collect(Collectors.toSet());
        assertThat(types).hasSizeGreaterThan(10);
        assertThat(unnamed(types, "docs/protocol.md")).isEmpty();
      }
    }
  }

  @Test
  void limitsAreWhatTheArchitecturePageSays() throws IOException {
    String page = Documents.read("ARCHITECTURE.md");
    List<Limit> limits = new ArrayList<>();
    for (String module : MODULES) {
      for (List<String> row : Documents.rows(page, "### " + module)) {
        limits.add(new Limit(module, row.get(0).replace("`", ""), row.get(1)));
      }
    }
    assertThat(limits).hasSizeGreaterThan(LEAST_LIMITS);
    List<String> wrong = new ArrayList<>();
    for (Limit limit : limits) {
      Optional<BigDecimal> stated = limit.statedValue();
      Optional<BigDecimal> written = limit.writtenValue();
      if (stated.isEmpty() || written.isEmpty() || stated.get().compareTo(written.get()) != 0) {
        wrong.add(limit + " is " + written);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private BuiltInTools tools() {
    return new BuiltInTools(
        new ToolSettings(Map.of(), Set.of(), folder, Verdict.DENY),
        Clock.system(),
        IdGenerator.random(),
        new Trash(Clock.system(), IdGenerator.random()),
        List.of());
  }

  /// The words that a document does not mention as code.
  private static List<String> unnamed(Set<String> words, String document) throws IOException {
    String text = Documents.read(document);
    return words.stream().filter(word -> !text.contains("`" + word + "`")).sorted().toList();
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toSet());
  }
}
