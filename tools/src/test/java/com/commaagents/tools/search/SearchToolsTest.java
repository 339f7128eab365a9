package com.commaagents.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.json.Json;
import com.commaagents.engine.people.People.Decision;
import com.commaagents.tools.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SearchToolsTest {
  @TempDir Path folder;
  private World world;

  @BeforeEach
  void open() {
    world = new World(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void tree() throws IOException {
    world.write("b.txt", "beta\n");
    world.write("a.txt", "alpha\nbeta\ngamma\n");
    world.write("src/main.ts", "const alpha = 1;\n");
    world.write("src/deep/x.ts", "x\n");
    world.write("node_modules/m/i.ts", "alpha\n");
    world.write(".git/config", "alpha\n");
    world.write(".hidden/h.txt", "alpha hidden\n");
  }

  @Test
  void listsAFolderInOrder() throws Exception {
    tree();

    assertThat(world.call("list_directory", "{'path': '.'}"))
        .isEqualTo("Listed . — 4 entries\na.txt\nb.txt\nnode_modules/\nsrc/");
    assertThat(world.call("list_directory", "{'path': '.', 'includeHidden': true}"))
        .isEqualTo("Listed . — 6 entries\n.git/\n.hidden/\na.txt\nb.txt\nnode_modules/\nsrc/");
    assertThat(world.call("list_directory", "{'path': '.', 'recursive': true}"))
        .isEqualTo(
            """
            Listed . — 7 entries
            a.txt
            b.txt
            node_modules/
            src/
            src/deep/
            src/deep/x.ts
            src/main.ts\
            """);
    assertThat(world.call("list_directory", "{'path': '.', 'recursive': true, 'maxDepth': 2}"))
        .endsWith("src/deep/\nsrc/main.ts");
    assertThat(world.call("list_directory", "{'path': 'a.txt'}")).startsWith("not_found: ");
    assertThat(world.call("list_directory", "{'path': 'no'}")).startsWith("not_found: ");
  }

  @Test
  void listsFiveThousandNamesAndSaysThatThereAreMore() throws Exception {
    for (int i = 0; i < ListDirectory.MAX_LISTED; i++) {
      Files.createFile(world.workspace.resolve("f" + i));
    }
    assertThat(world.call("list_directory", "{'path': '.'}"))
        .startsWith("Listed . — 5000 entries\n");
    Files.createFile(world.workspace.resolve("one-more"));
    assertThat(world.call("list_directory", "{'path': '.'}"))
        .startsWith("Listed . — 5000 entries (incomplete");
  }

  @Test
  void findsNamesByPattern() throws Exception {
    tree();

    assertThat(world.call("glob", "{'pattern': '*.txt'}"))
        .isEqualTo(
            "Matched 2 entries for glob \"*.txt\" under \".\":\n  a.txt (file)\n  b.txt (file)");
    assertThat(world.call("glob", "{'pattern': '**/*.{ts,txt}', 'excludeGlobs': ['x.ts']}"))
        .isEqualTo(
            "Matched 4 entries for glob \"**/*.{ts,txt}\" under \".\":\n  .hidden/h.txt (file)\n"
                + "  a.txt (file)\n  b.txt (file)\n  src/main.ts (file)");
    assertThat(world.call("glob", "{'pattern': 'node_modules/**/*.ts'}"))
        .contains("node_modules/m/i.ts (file)");
    assertThat(world.call("glob", "{'pattern': '*', 'root': 'src'}"))
        .endsWith("under \"src\":\n  deep (directory)\n  main.ts (file)");
    assertThat(world.call("glob", "{'pattern': '*', 'maxResults': 1}"))
        .contains("more were left out");
    assertThat(world.call("glob", "{'pattern': 'zzz'}")).startsWith("Matched 0 entries");
    assertThat(world.call("glob", "{'pattern': '../*'}")).startsWith("outside_workspace: ");
    assertThat(world.call("glob", "{'pattern': '/etc/*'}")).startsWith("outside_workspace: ");
  }

  @Test
  void searchesTextExactly() throws Exception {
    tree();

    assertThat(world.call("search_files", "{'query': 'alpha', 'mode': 'text'}"))
        .isEqualTo(
            "Found 3 matches for \"alpha\" under \".\":\n.hidden/h.txt:1: alpha hidden\n"
                + "a.txt:1: alpha\nsrc/main.ts:1: const alpha = 1;");
    assertThat(
            world.call(
                "search_files",
                "{'query': 'beta', 'mode': 'text', 'contextLines': 1, 'includeGlobs': ['a.*']}"))
        .isEqualTo(
            """
            Found 1 match for "beta" under ".":
            a.txt-1- alpha
            a.txt:2: beta
            a.txt-3- gamma\
            """);
    assertThat(world.call("search_files", "{'query': 'a', 'mode': 'text', 'maxResults': 2}"))
        .startsWith("Found 2 matches")
        .contains("more were left out");
    assertThat(
            world.call(
                "search_files",
                "{'query': 'alpha', 'mode': 'text', 'excludeGlobs': ['.hidden', 'src/**']}"))
        .startsWith("Found 1 match");
  }

  @Test
  void searchesByExpressionAndByPath() throws Exception {
    tree();

    assertThat(world.call("search_files", "{'query': '^(al|ga)', 'mode': 'regex', 'root': '.'}"))
        .contains("a.txt:1: alpha\na.txt:3: gamma");
    assertThat(world.call("search_files", "{'query': '(', 'mode': 'regex'}"))
        .startsWith("unknown: This is no regular expression: (");
    assertThat(world.call("search_files", "{'query': 'MAIN', 'mode': 'path'}"))
        .isEqualTo("Found 1 match for \"MAIN\" under \".\":\nsrc/main.ts");
  }

  @Test
  void doesNotHangInAnExpressionThatBacktracks() throws Exception {
    world.write("a", "a".repeat(5000) + "!\n");

    assertThat(
            world.call("search_files", "{'query': '(a|aa)+(a|b|aa)*(\\\\w*)*$', 'mode': 'regex'}"))
        .startsWith("timeout: Searching for");
    world.write("a", "ab".repeat(10_000));
    assertThat(world.call("search_files", "{'query': '(a|b)*c', 'mode': 'regex'}"))
        .matches("(?s)(timeout: |Found 0).*");
  }

  @Test
  void endsWhenItIsInterruptedInAnExpression() throws Exception {
    world.write("a", "a".repeat(5000) + "!\n");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> world.call("search_files", "{'query': '(a|aa)+$', 'mode': 'regex'}"))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void passesOverBinaryProtectedAndLargeFiles() throws Exception {
    Files.write(world.workspace.resolve("bin"), new byte[] {'x', 0});
    world.write(".env", "x");
    world.write("large", "x".repeat(FoundLines.MAX_FILE_BYTES + 1));
    world.write("z", "x");

    assertThat(world.call("search_files", "{'query': 'x', 'mode': 'text'}"))
        .isEqualTo(
            "Found 1 match for \"x\" under \".\" (1 protected files were not searched; read_file"
                + " asks for one) (1 files too large to search, or unreadable):\n"
                + "z:1: x");
    assertThat(world.people.requests()).isEmpty();
  }

  @Test
  void followsNoLinks() throws Exception {
    world.write(world.outside, "secret.txt", "alpha\n");
    Files.createSymbolicLink(world.workspace.resolve("d"), world.outside);
    Files.createSymbolicLink(world.workspace.resolve("f"), world.outside.resolve("secret.txt"));
    Files.createSymbolicLink(world.workspace.resolve("self"), Path.of("."));

    assertThat(world.call("search_files", "{'query': 'alpha', 'mode': 'text'}"))
        .startsWith("Found 0 matches");
    assertThat(world.call("list_directory", "{'path': '.', 'recursive': true}"))
        .isEqualTo("Listed . — 3 entries\nd (link)\nf (link)\nself (link)");
  }

  @Test
  void asksForARootOutsideOnceAndSearchesItButNotItsSecrets() throws Exception {
    world.write(world.outside, "a", "alpha\n");
    world.write(world.outside, "server.key", "alpha\n");
    world.people.decide(Decision.ALLOW);

    assertThat(
            world.call(
                "search_files",
                Json.object()
                    .put("query", "alpha")
                    .put("mode", "text")
                    .put("root", world.outside.toString())))
        .startsWith("Found 1 match")
        .contains("1 protected")
        .endsWith("\na:1: alpha");
    assertThat(world.people.requests()).hasSize(1);
  }
}
