package com.commaagents.tools.guard;

import static com.commaagents.tools.World.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.engine.event.EngineEvent.PolicyUpdated;
import com.commaagents.engine.people.People.Decision;
import com.commaagents.engine.people.People.Operation;
import com.commaagents.engine.people.People.PermissionRequest;
import com.commaagents.engine.people.People.Reason;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GuardTest {
  @TempDir Path folder;
  private World world;
  private Path secret;

  @BeforeEach
  void open() throws IOException {
    world = new World(folder);
    secret = world.write(world.outside, "secret.txt", "secret\n");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String read(String path) throws InterruptedException {
    return world.call("read_file", "{'path': '" + path + "'}");
  }

  @Test
  void asksForWhatIsOutsideByItsAbsolutePath() throws Exception {
    world.people.decide(Decision.ALLOW, Decision.DENY);

    assertThat(read(secret.toString())).endsWith("\n\nsecret\n");
    assertThat(read("../outside/./secret.txt")).startsWith("outside_workspace: Reading ");
    PermissionRequest request =
        new PermissionRequest(
            "coder",
            "0",
            "read_file",
            Operation.READ,
            secret.toString(),
            Reason.POLICY_ASK,
            Optional.empty());
    assertThat(world.people.requests()).containsExactly(request, request);
    assertThat(world.journal.events()).isEmpty();
  }

  @Test
  void asksOnceWhenItIsAllowedForTheSession() throws Exception {
    world.people.decide(Decision.ALLOW_SESSION);

    assertThat(read(secret.toString())).startsWith("Read ");
    assertThat(read("../outside/secret.txt")).startsWith("Read ");
    assertThat(world.people.requests()).hasSize(1);
    assertThat(world.journal.events())
        .containsExactly(
            new PolicyUpdated(
                "read_file",
                List.of(
                    "read-path-policy",
                    "write-path-policy",
                    "session-allow-read-" + secret.toString().replaceAll("[^A-Za-z0-9]", "-"))));
  }

  @Test
  void asksNeverAgainWhenItIsDeniedForTheSession() throws Exception {
    world.people.decide(Decision.DENY_SESSION);

    assertThat(read(secret.toString())).startsWith("outside_workspace: ");
    assertThat(read(secret.toString())).startsWith("outside_workspace: ");
    assertThat(world.people.requests()).hasSize(1);
  }

  @Test
  void remembersForOneToolOneResourceAndOneRun() throws Exception {
    Path other = world.write(world.outside, "other.txt", "x");
    world.people.decide(Decision.ALLOW_SESSION, Decision.DENY, Decision.DENY, Decision.DENY);

    assertThat(read(secret.toString())).startsWith("Read ");
    assertThat(read(other.toString())).startsWith("outside_workspace: ");
    assertThat(world.call("delete_file", "{'path': '" + secret + "'}"))
        .startsWith("outside_workspace: ");
    assertThat(
            world
                .open()
                .tool("read_file")
                .call(
                    com.commaagents.base.json.Json.object().put("path", secret.toString()),
                    World.CALL))
        .startsWith("outside_workspace: ");
    assertThat(world.people.requests()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git/config",
        ".git/hooks/pre-commit",
        "sub/.git/config",
        ".GIT/config",
        ".env",
        ".env.local",
        "sub/.env",
        ".ENV",
        "server.pem",
        "tls/server.key",
        "cert.crt",
        "id_rsa",
        ".ssh/config",
        "x.p12",
        "a.PEM",
      })
  void asksToReadProtectedFilesAndNeverWritesThem(String name) throws Exception {
    world.write(name, "old");
    world.people.decide(Decision.ALLOW);

    assertThat(read(name)).startsWith("Read " + name);
    assertThat(world.people.requests()).hasSize(1);
    assertThat(
            world.call(
                "write_file",
                "{'path': '"
                    + name
                    + "', 'content': 'x', 'expectedSha256': '"
                    + sha256("old")
                    + "'}"))
        .startsWith("permission_denied: Changing " + name + " was denied.");
    assertThat(world.call("delete_file", "{'path': '" + name + "'}"))
        .startsWith("permission_denied: ");
    assertThat(world.text(name)).isEqualTo("old");
    assertThat(world.journal.mutations()).hasSize(2).allMatch(m -> m.error().isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gitignore",
        ".gitignore",
        ".github/x.yml",
        "environment",
        "monkey.txt",
        "keys.ts"
      })
  void leavesSimilarNamesAlone(String name) throws Exception {
    world.write(name, "x");

    assertThat(read(name)).startsWith("Read " + name);
    assertThat(world.call("delete_file", "{'path': '" + name + "'}")).startsWith("Deleted ");
  }

  @Test
  void judgesLinksByWhereTheyLead() throws Exception {
    Files.createSymbolicLink(world.workspace.resolve("file"), secret);
    Files.createSymbolicLink(world.workspace.resolve("dir"), world.outside);
    Files.createSymbolicLink(world.workspace.resolve("env"), Path.of(".env"));
    world.write(".env", "K=1");
    world.people.decide(Decision.DENY, Decision.DENY, Decision.DENY, Decision.DENY, Decision.DENY);

    assertThat(read("file")).startsWith("outside_workspace: ");
    assertThat(read("dir/secret.txt")).startsWith("outside_workspace: ");
    assertThat(read("dir/../outside/secret.txt")).startsWith("outside_workspace: ");
    assertThat(read("env")).startsWith("permission_denied: ");
    assertThat(world.call("create_file", "{'path': 'dir/new', 'content': 'x'}"))
        .startsWith("outside_workspace: ");
    assertThat(world.people.requests())
        .extracting(PermissionRequest::resource)
        .containsExactly(
            secret.toString(),
            secret.toString(),
            secret.toString(),
            world.workspace.resolve(".env").toString(),
            world.outside.resolve("new").toString());
  }

  @Test
  void followsLinksInsideAndChangesTheFileNotTheLink() throws Exception {
    world.write("real", "old");
    Files.createSymbolicLink(world.workspace.resolve("link"), Path.of("real"));

    assertThat(
            world.call(
                "edit_file", "{'path': 'link', 'edits': [{'oldText': 'old', 'newText': 'new'}]}"))
        .startsWith("Edited link");
    assertThat(world.workspace.resolve("link")).isSymbolicLink();
    assertThat(world.text("real")).isEqualTo("new");
  }

  @Test
  void judgesADanglingLinkByItsTarget() throws Exception {
    Files.createSymbolicLink(world.workspace.resolve("out"), world.outside.resolve("not-there"));
    Files.createSymbolicLink(world.workspace.resolve("in"), Path.of("not-there"));
    world.people.decide(Decision.DENY);

    assertThat(world.call("create_file", "{'path': 'out', 'content': 'x'}"))
        .startsWith("outside_workspace: ");
    assertThat(world.call("create_file", "{'path': 'in', 'content': 'x'}"))
        .startsWith("Created in");
    assertThat(world.text("not-there")).isEqualTo("x");
    assertThat(world.outside.resolve("not-there")).doesNotExist();
  }

  @Test
  void endsInACircleOfLinks() throws Exception {
    Files.createSymbolicLink(world.workspace.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(world.workspace.resolve("b"), Path.of("a"));

    assertThat(read("a")).startsWith("unknown: Too many links");
    assertThat(read("x/".repeat(PathResolver.MAX_NAMES) + "y")).startsWith("unknown: The path has");
  }

  @Test
  void opensWhatWasJudgedOrNothingWhenAParentIsExchanged() throws Exception {
    Path directory = Files.createDirectory(world.workspace.resolve("d"));
    world.write("d/.env", "mine");
    world.write(world.outside, ".env", "theirs");
    world.people.decide(Decision.ALLOW);
    world.people.beforeAnswer(() -> exchange(directory, world.outside));

    assertThat(read("d/.env")).startsWith("not_found: ").doesNotContain("theirs");
  }

  @Test
  void opensWhatWasJudgedOrNothingWhenTheFileIsExchanged() throws Exception {
    Path file = world.write(".env", "mine");
    world.people.decide(Decision.ALLOW);
    world.people.beforeAnswer(() -> exchange(file, secret));

    assertThat(read(".env")).startsWith("unknown: ").doesNotContain("secret\n");
  }

  @Test
  void createsNothingThroughALinkThatAppears() throws Exception {
    world.policy(Mode.WRITE, List.of(), List.of(), Optional.of(Verdict.ASK), "create_file");
    Path target = world.outside.resolve("made");
    world.people.decide(Decision.ALLOW);
    world.people.beforeAnswer(() -> link(world.workspace.resolve("a"), target));

    assertThat(world.call("create_file", "{'path': 'a', 'content': 'x'}"))
        .startsWith("already_exists: ");
    assertThat(target).doesNotExist();
  }

  private static void exchange(Path path, Path target) {
    try {
      Files.move(path, path.resolveSibling("moved-away"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    link(path, target);
  }

  private static void link(Path path, Path target) {
    try {
      Files.createSymbolicLink(path, target);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/proc/self/environ",
        "/proc/self/root/etc/passwd",
        "/proc/self/cwd/x",
        "/dev/zero",
        "/dev/../etc/passwd",
        "/sys/kernel/uevent_seqnum",
      })
  void asksForTheSystemsOwnFiles(String path) throws Exception {
    world.people.decide(Decision.DENY);

    assertThat(read(path)).startsWith("outside_workspace: ");
    assertThat(world.people.requests()).hasSize(1);
  }

  @Test
  void opensNoDevicesPipesAndDescriptors() throws Exception {
    Path pipe = world.workspace.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    world.people.decide(Decision.ALLOW, Decision.ALLOW);

    assertThat(read("pipe")).startsWith("unknown: pipe is a link, device, pipe or socket");
    assertThat(world.call("delete_file", "{'path': 'pipe'}")).startsWith("unknown: ");
    assertThat(world.call("list_directory", "{'path': 'pipe'}")).startsWith("not_found: ");
    assertThat(world.call("search_files", "{'query': 'x', 'mode': 'text'}")).startsWith("Found 0");
    assertThat(read("/dev/zero")).startsWith("unknown: ");
    assertThat(read("/proc/self/fd/0")).matches("(?s)(unknown|not_found): .*");
  }

  @Test
  void escapesNamesThatWouldForgeLines() throws Exception {
    world.write("a\nListed b", "x");

    assertThat(world.call("list_directory", "{'path': '.'}"))
        .isEqualTo("Listed . — 1 entry\n\"a\\nListed b\"");
    assertThat(read("a\\nListed b")).startsWith("Read \"a\\nListed b\" — ");
  }

  @Test
  void putsAChangeOfPolicyInFront() throws Exception {
    world.write("src/a", "x");
    world.write("b", "x");
    world.policy(
        Mode.WRITE, List.of("src/**"), List.of("src/c"), Optional.of(Verdict.DENY), "create_file");
    world.policy(
        Mode.READ, List.of(world.outside + "/**"), List.of("b"), Optional.empty(), "read_file");

    assertThat(world.call("create_file", "{'path': 'src/n', 'content': ''}")).startsWith("Created");
    assertThat(world.call("create_file", "{'path': 'src/c', 'content': ''}"))
        .startsWith("permission_denied: ");
    assertThat(world.call("create_file", "{'path': 'n', 'content': ''}"))
        .startsWith("permission_denied: ");
    assertThat(read(secret.toString())).startsWith("Read ");
    assertThat(read("b")).startsWith("permission_denied: ");
    assertThat(read("src/a")).startsWith("Read ");
    assertThat(world.people.requests()).isEmpty();
  }

  @Test
  void letsTheNewestChangeOfPolicyAnswerFirst() throws Exception {
    world.write("a", "x");
    world.policy(Mode.READ, List.of(), List.of("a"), Optional.empty(), "read_file");
    assertThat(read("a")).startsWith("permission_denied: ");
    world.policy(Mode.READ, List.of("a"), List.of(), Optional.empty(), "read_file");
    assertThat(read("a")).startsWith("Read ");
  }

  @Test
  void protectsFilesWhateverTheFallbackIs() throws Exception {
    world.write(".env", "x");
    world.policy(Mode.WRITE, List.of(), List.of(), Optional.of(Verdict.ALLOW), "delete_file");

    assertThat(world.call("delete_file", "{'path': '.env'}")).startsWith("permission_denied: ");
    assertThat(world.call("delete_file", "{'path': '" + secret + "', 'permanent': true}"))
        .startsWith("Deleted");
  }

  @Test
  void fitsRelativePatternsToTheWorkspaceOnly() throws Exception {
    world.policy(Mode.READ, List.of("**"), List.of(), Optional.empty(), "read_file");
    world.people.decide(Decision.DENY);

    assertThat(read(secret.toString())).startsWith("outside_workspace: ");
  }

  @Test
  void takesAHundredChangesOfPolicyAndNoMore() {
    for (int i = 0; i < Guard.MAX_PATCHES; i++) {
      world.policy(Mode.READ, List.of(), List.of(), Optional.empty(), "read_file");
    }
    assertThatThrownBy(
            () -> world.policy(Mode.READ, List.of(), List.of(), Optional.empty(), "read_file"))
        .isInstanceOf(Fault.class);
  }
}
