package com.commaagents.tools.guard;

import static com.commaagents.tools.World.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.people.People.Decision;
import com.commaagents.engine.people.People.Operation;
import com.commaagents.engine.people.People.PermissionRequest;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each tool may do by default, what a person is asked, what is remembered of the answer, and
/// what a change of policy does to it.
class PolicyTableTest {
  @TempDir Path folder;
  private World world;

  @BeforeEach
  void open() throws IOException {
    world = new World(folder);
    world.write("in.txt", "x\n");
    world.write("sub/in.txt", "x\n");
    world.write(".env", "x\n");
    world.write(world.outside, "out.txt", "x\n");
    world.write(world.outside, "dir/out.txt", "x\n");
  }

  @AfterEach
  void close() {
    world.close();
  }

  /// A tool that touches something: how it is called for a name, what it wants to do, and which
  /// names stand for something inside, outside and protected.
  enum Touch {
    READ("read_file", "{'path': '%s'}", Operation.READ, "in.txt", "../outside/out.txt", ".env"),
    LIST("list_directory", "{'path': '%s'}", Operation.READ, "sub", "../outside/dir", ".git"),
    GLOB("glob", "{'pattern': '*', 'root': '%s'}", Operation.READ, "sub", "../outside/dir", ".git"),
    SEARCH(
        "search_files",
        "{'query': 'x', 'mode': 'text', 'root': '%s'}",
        Operation.READ,
        "sub",
        "../outside/dir",
        ".ssh"),
    CREATE(
        "create_file",
        "{'path': '%s', 'content': 'x'}",
        Operation.WRITE,
        "new",
        "../outside/new",
        ".git/hooks/x"),
    WRITE(
        "write_file",
        "{'path': '%s', 'content': 'x\\n', 'expectedSha256': 'HASH'}",
        Operation.WRITE,
        "in.txt",
        "../outside/out.txt",
        ".env"),
    EDIT(
        "edit_file",
        "{'path': '%s', 'edits': [{'oldText': 'x', 'newText': 'x'}]}",
        Operation.WRITE,
        "in.txt",
        "../outside/out.txt",
        ".env"),
    DELETE(
        "delete_file",
        "{'path': '%s', 'expectedSha256': 'HASH'}",
        Operation.WRITE,
        "in.txt",
        "../outside/out.txt",
        ".env"),
    MOVE(
        "move_file",
        "{'fromPath': '%s', 'toPath': 'to', 'expectedSha256': 'HASH'}",
        Operation.WRITE,
        "in.txt",
        "../outside/out.txt",
        ".env"),
    FOLDER(
        "run_command",
        "{'command': 'true', 'cwd': '%s'}",
        Operation.WRITE,
        "sub",
        "../outside/dir",
        ".git");

    private final String tool;
    private final String arguments;
    private final Operation operation;
    private final String inside;
    private final String outside;
    private final String guarded;

    Touch(
        String tool,
        String arguments,
        Operation operation,
        String inside,
        String outside,
        String guarded) {
      this.tool = tool;
      this.arguments = arguments.replace("HASH", sha256("x\n"));
      this.operation = operation;
      this.inside = inside;
      this.outside = outside;
      this.guarded = guarded;
    }

    private Mode mode() {
      return operation == Operation.READ ? Mode.READ : Mode.WRITE;
    }
  }

  private String touch(Touch touch, String name) throws InterruptedException {
    return world.call(touch.tool, touch.arguments.formatted(name));
  }

  private static boolean isRefused(String answer) {
    return answer.startsWith("permission_denied: ") || answer.startsWith("outside_workspace: ");
  }

  @ParameterizedTest
  @EnumSource(Touch.class)
  void allowsInsideAsksOutsideAndGuardsWhatIsDelicate(Touch touch) throws Exception {
    assertThat(isRefused(touch(touch, touch.inside))).isFalse();
    assertThat(world.people.requests()).isEmpty();
    world.people.decide(Decision.DENY, Decision.DENY);

    assertThat(touch(touch, touch.outside)).startsWith("outside_workspace: ");
    assertThat(touch(touch, touch.guarded)).startsWith("permission_denied: ");

    List<PermissionRequest> asked = world.people.requests();
    assertThat(asked.getFirst().operation()).isEqualTo(touch.operation);
    assertThat(asked.getFirst().toolName()).isEqualTo(touch.tool);
    assertThat(asked.getFirst().resource())
        .isEqualTo(world.workspace.resolve(touch.outside).normalize().toString());
    // Reading what is delicate is asked for, writing it is not even asked.
    assertThat(asked).hasSize(touch.operation == Operation.READ ? 2 : 1);
  }

  @ParameterizedTest
  @EnumSource(Touch.class)
  void remembersWhatWasDecidedForTheRun(Touch touch) throws Exception {
    world.people.decide(Decision.DENY_SESSION);
    assertThat(isRefused(touch(touch, touch.outside))).isTrue();
    assertThat(isRefused(touch(touch, touch.outside))).isTrue();
    assertThat(world.people.requests()).hasSize(1);

    try (World other = new World(folder)) {
      other.people.decide(Decision.ALLOW_SESSION);
      assertThat(isRefused(other.call(touch.tool, touch.arguments.formatted(touch.outside))))
          .isFalse();
      assertThat(isRefused(other.call(touch.tool, touch.arguments.formatted(touch.outside))))
          .isFalse();
      assertThat(other.people.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Touch.class)
  void doesWhatAChangeOfPolicySays(Touch touch) throws Exception {
    if (touch == Touch.FOLDER) {
      // Its policies are about command lines; its folder is judged as ever.
      world.policy(Mode.WRITE, List.of(), List.of("true"), Optional.empty(), touch.tool);
      assertThat(isRefused(touch(touch, touch.inside))).isTrue();
      return;
    }
    world.policy(touch.mode(), List.of(), List.of(), Optional.of(Verdict.DENY), touch.tool);
    assertThat(isRefused(touch(touch, touch.inside))).isTrue();
    world.policy(touch.mode(), List.of(), List.of(), Optional.of(Verdict.ASK), touch.tool);
    world.people.decide(Decision.DENY);
    assertThat(isRefused(touch(touch, touch.inside))).isTrue();
    assertThat(world.people.requests()).hasSize(1);
    world.policy(
        touch.mode(),
        List.of("**", world.outside + "/**"),
        List.of(touch.inside),
        Optional.empty(),
        touch.tool);
    assertThat(isRefused(touch(touch, touch.inside))).isTrue();
    assertThat(isRefused(touch(touch, touch.outside))).isFalse();
    assertThat(isRefused(touch(touch, touch.guarded))).isFalse();
    assertThat(world.people.requests()).hasSize(1);
  }

  /// A tool that is in no row touches nothing, or is looked at elsewhere.
  @Test
  void hasARowForEveryToolThatTouchesFiles() {
    Set<String> rows =
        java.util.Arrays.stream(Touch.values()).map(row -> row.tool).collect(Collectors.toSet());
    Set<String> tools = new TreeSet<>(world.registry().names());
    tools.removeIf(name -> name.startsWith("todo_"));
    tools.removeAll(Set.of("ask_question", "lsp_request", "webfetch", "restore_file"));
    assertThat(rows).isEqualTo(tools);
  }
}
