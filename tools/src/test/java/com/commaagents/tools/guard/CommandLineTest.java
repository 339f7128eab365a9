package com.commaagents.tools.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.people.People.Decision;
import com.commaagents.engine.people.People.PermissionRequest;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// What a command is given besides its line is judged, shown and remembered with it.
@Timeout(60)
class CommandLineTest {
  @TempDir Path folder;
  private World world;

  @BeforeEach
  void open() {
    world = new World(folder, Verdict.ASK, Map.of());
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String run(String command, Map<String, String> variables) throws InterruptedException {
    ObjectNode arguments = Json.object().put("command", command);
    ObjectNode env = arguments.putObject("env");
    variables.forEach(env::put);
    return world.call("run_command", arguments);
  }

  @Test
  void readsTheLineWithItsVariables() {
    assertThat(new CommandLine("make", Map.of(), folder).script()).isEqualTo("make");
    assertThat(new CommandLine("make; ls", Map.of("B", "it's", "A", "1"), folder).script())
        .isEqualTo("export A='1' B='it'\\''s'; make; ls");
  }

  @Test
  void refusesACatastropheThatAVariableMakes() throws Exception {
    assertThat(run("rm -rf $X", Map.of("X", "/")))
        .startsWith("permission_denied: This command is never run: it looks like deleting");
    assertThat(run("$C", Map.of("C", "rm -rf /")))
        .startsWith("permission_denied: This command is never run: it looks like deleting");
    assertThat(world.people.requests()).isEmpty();
  }

  @Test
  void showsAPersonTheVariablesAndRemembersThem() throws Exception {
    world.people.decide(Decision.ALLOW_SESSION, Decision.DENY, Decision.ALLOW_SESSION);

    assertThat(run("echo hi", Map.of())).contains("STDOUT:\nhi");
    assertThat(run("echo hi", Map.of("BASH_ENV", "evil.sh"))).startsWith("permission_denied: ");
    assertThat(run("echo $A", Map.of("A", "1"))).contains("STDOUT:\n1");
    assertThat(run("echo $A", Map.of("A", "1"))).contains("STDOUT:\n1");

    assertThat(world.people.requests())
        .extracting(PermissionRequest::resource)
        .containsExactly("echo hi", "export BASH_ENV='evil.sh'; echo hi", "export A='1'; echo $A");
  }

  @Test
  void remembersACommandForOneFolder() throws Exception {
    Files.createDirectory(world.workspace.resolve("build"));
    world.people.decide(Decision.ALLOW_SESSION, Decision.DENY);
    ObjectNode inBuild = Json.object().put("command", "rm -rf *").put("cwd", "build");

    assertThat(world.call("run_command", inBuild)).contains("exit code 0");
    assertThat(world.call("run_command", inBuild)).contains("exit code 0");
    assertThat(run("rm -rf *", Map.of())).startsWith("permission_denied: ");
    assertThat(world.people.requests()).hasSize(2);
  }

  @Test
  void letsNoPatternAllowVariablesThatItDoesNotName() throws Exception {
    world.policy(
        Mode.WRITE, List.of("echo *"), List.of("touch *"), Optional.of(Verdict.ASK), "run_command");
    world.write("evil.sh", "touch evil");
    world.people.decide(Decision.DENY);

    assertThat(run("echo hi", Map.of("BASH_ENV", "evil.sh"))).startsWith("permission_denied: ");
    assertThat(run("touch a", Map.of("A", "1"))).startsWith("permission_denied: ");
    assertThat(world.people.requests()).hasSize(1);
    assertThat(world.workspace.resolve("evil")).doesNotExist();
  }
}
