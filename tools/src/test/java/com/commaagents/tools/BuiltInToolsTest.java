package com.commaagents.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.event.EngineEvent.PolicyUpdated;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.PolicyPatch;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.todo.TodoTools;
import com.commaagents.tools.trash.Trash;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BuiltInToolsTest {
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

  @Test
  void saysThatThereIsNoLanguageServer(@TempDir Path folder) throws InterruptedException {
    try (World world = new World(folder)) {
      assertThat(world.call("lsp_request", "{}"))
          .startsWith("unknown: lsp_request is not built")
          .contains("Next: find definitions and uses with search_files");
    }
  }

  @Test
  void hasTheToolsOfTheSpecificationWithTheirParameters() {
    Map<String, String> parameters = new TreeMap<>();
    for (String name : world.registry().names()) {
      JsonNode schema = world.session.tool(name).spec().inputSchema();
      Set<String> required =
          Set.copyOf(schema.path("required").valueStream().map(JsonNode::asString).toList());
      parameters.put(
          name,
          String.join(
              " ",
              schema
                  .path("properties")
                  .propertyStream()
                  .map(Map.Entry::getKey)
                  .map(key -> required.contains(key) ? key + "*" : key)
                  .toList()));
    }

    assertThat(parameters)
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("read_file", "path* startLine endLine maxBytes allowBinary"),
                    Map.entry("list_directory", "path* recursive maxDepth includeHidden"),
                    Map.entry("glob", "pattern* root excludeGlobs maxResults"),
                    Map.entry(
                        "search_files",
                        "query* mode* root includeGlobs excludeGlobs maxResults contextLines"),
                    Map.entry("create_file", "path* content* createParentDirectories"),
                    Map.entry("write_file", "path* content* expectedSha256*"),
                    Map.entry("edit_file", "path* edits* expectedSha256"),
                    Map.entry("delete_file", "path* expectedSha256 permanent"),
                    Map.entry("move_file", "fromPath* toPath* expectedSha256* overwrite"),
                    Map.entry("restore_file", "trashedPath* targetPath"),
                    Map.entry("run_command", "command* cwd timeoutMs env"),
                    Map.entry("todo_add", "content*"),
                    Map.entry("todo_complete", "id*"),
                    Map.entry("todo_remove", "id*"),
                    Map.entry("lsp_request", ""),
                    Map.entry("webfetch", "url* format timeout"),
                    Map.entry("todo_get", ""),
                    Map.entry("todo_get_next", ""),
                    Map.entry("todo_clear", ""),
                    Map.entry("ask_question", "question*"))));
  }

  @Test
  void describesEachToolWithAValidSchemaThatTakesNothingElse() {
    SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    for (String name : world.registry().names()) {
      ToolSpec spec = world.session.tool(name).spec();
      String schema = Json.write(spec.inputSchema());

      assertThat(spec.name()).isEqualTo(name);
      assertThat(spec.description()).hasSizeGreaterThan(10).endsWith(".");
      assertThat(spec.inputSchema().path("type").asString()).isEqualTo("object");
      assertThat(spec.inputSchema().path("additionalProperties").asBoolean(true)).isFalse();
      assertThat(schemas.getSchema(schema).validate("{\"surprise\": 1}", InputFormat.JSON))
          .isNotEmpty();
      spec.inputSchema()
          .path("properties")
          .valueStream()
          .forEach(property -> assertThat(Json.text(property, "description")).isPresent());
    }
  }

  @Test
  void validatesArgumentsBySchema() {
    SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    String command = Json.write(world.session.tool("run_command").spec().inputSchema());
    String write = Json.write(world.session.tool("write_file").spec().inputSchema());

    assertThat(validate(schemas, command, "{\"command\": \"x\", \"env\": {\"A\": \"b\"}}"))
        .isTrue();
    assertThat(validate(schemas, command, "{\"command\": \"x\", \"timeoutMs\": 600000}")).isTrue();
    assertThat(validate(schemas, command, "{\"command\": \"x\", \"timeoutMs\": 600001}")).isFalse();
    assertThat(validate(schemas, command, "{\"command\": \"x\", \"env\": {\"A B\": \"b\"}}"))
        .isFalse();
    assertThat(validate(schemas, write, "{\"path\": \"a\", \"content\": \"b\"}")).isFalse();
  }

  private static boolean validate(SchemaRegistry schemas, String schema, String arguments) {
    return schemas.getSchema(schema).validate(arguments, InputFormat.JSON).isEmpty();
  }

  @Test
  void refusesAToolThatItDoesNotKnow() {
    assertThatThrownBy(() -> world.session.tool("fly"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTwoToolsOfOneName() {
    IdGenerator ids = IdGenerator.random();
    ToolSettings settings = new ToolSettings(Map.of(), Set.of(), Path.of("/root"), Verdict.ALLOW);

    assertThatThrownBy(() ->
            new BuiltInTools(
                settings,
                Clock.system(),
                ids,
                new Trash(Clock.system(), ids),
                List.of(new TodoTools())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesTheSameToolAtEveryCallAndNoneAfterTheEnd() {
    assertThat(world.session.tool("todo_get")).isSameAs(world.session.tool("todo_get"));
    world.session.close();
    assertThatThrownBy(() -> world.session.tool("todo_get"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void updatesThePoliciesOfOneToolOrOfAll() {
    PolicyPatch patch = new PolicyPatch(Mode.READ, List.of("/x/**"), List.of(), Optional.empty());

    assertThat(world.session.updatePolicy(patch, Optional.of("fly"))).isFalse();
    assertThat(world.journal.events()).isEmpty();
    assertThat(world.session.updatePolicy(patch, Optional.of("read_file"))).isTrue();
    assertThat(world.journal.events())
        .containsExactly(
            new PolicyUpdated(
                "read_file",
                List.of("read-path-policy-update-1", "read-path-policy", "write-path-policy")));
    assertThat(world.session.updatePolicy(patch, Optional.empty())).isTrue();
    assertThat(world.journal.events()).hasSize(1 + world.registry().names().size());
  }

  @Test
  void keepsTheToDosOfARun() throws InterruptedException {
    assertThat(world.call("todo_get", "{}")).isEqualTo("[No todo items]");
    assertThat(world.call("todo_add", "{'content': 'one'}")).isEqualTo("Added to-do 1: one");
    assertThat(world.call("todo_add", "{'content': 'two'}")).isEqualTo("Added to-do 2: two");
    assertThat(world.call("todo_complete", "{'id': '1'}")).isEqualTo("Done: one");
    assertThat(world.call("todo_get", "{}")).isEqualTo("[x] 1: one\n[ ] 2: two");
    assertThat(world.call("todo_get_next", "{}")).isEqualTo("[ ] 2: two");
    assertThat(world.call("todo_remove", "{'id': '2'}")).isEqualTo("Removed: two");
    assertThat(world.call("todo_get_next", "{}")).isEqualTo("[All todo items are done]");
    assertThat(world.call("todo_remove", "{'id': '9'}"))
        .startsWith("not_found: ")
        .contains("todo_get");
    assertThat(world.call("todo_clear", "{}")).isEqualTo("Cleared 1 to-dos");
    assertThat(world.open().tool("todo_get").call(Json.object(), World.CALL))
        .isEqualTo("[No todo items]");
  }

  @Test
  void takesAThousandToDosAndNoMore() throws InterruptedException {
    for (int i = 1; i <= 1000; i++) {
      assertThat(world.call("todo_add", "{'content': 'x'}")).startsWith("Added");
    }
    assertThat(world.call("todo_add", "{'content': 'x'}"))
        .startsWith("unknown: The list holds 1000 to-dos");
  }

  @Test
  void asksAPerson() throws InterruptedException {
    world.people.answer("blue");

    assertThat(world.call("ask_question", "{'question': 'Which colour?'}")).isEqualTo("blue");
    assertThat(world.people.questions()).containsExactly("coder 0 ask_question: Which colour?");
  }
}
