package com.commaagents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.engine.schema.JsonSchemas;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.launch.Launcher;
import com.commaagents.runs.skill.SkillTools;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.tools.BuiltInTools;
import com.commaagents.tools.ToolSettings;
import com.commaagents.tools.trash.Trash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// All tools of the program as a model is told of them, against the table in `tools.txt`: a row for
/// each tool and each of its parameters.
final class ToolTableTest {
  private static final ClientId ME = new ClientId("me");

  @TempDir Path folder;
  private final JsonSchemas schemas = new JsonSchemas();

  /// A row of the table.
  ///
  /// @param type as the schema has it; a list of allowed words for one of several
  /// @param usual what it is when it is left out; empty where it says nothing
  /// @param limits smallest and largest number, longest text, most items; empty where there is none
  private record Parameter(String name, String type, String usual, String limits) {
    String shortName() {
      return name.replace("*", "");
    }
  }

  @Test
  void tellsAModelWhatTheTableSays() throws Exception {
    Map<String, List<Parameter>> table = table();
    Map<String, List<Parameter>> told = new TreeMap<>();
    for (ToolSpec spec : specs()) {
      told.put(
          spec.name(),
          parameters("", spec.inputSchema(), table.getOrDefault(spec.name(), List.of())));
    }
    assertThat(told).isEqualTo(table);
  }

  // What is usual is in no schema; it is looked for in the descriptions below.
  private static List<Parameter> parameters(
      String prefix, JsonNode schema, List<Parameter> expected) {
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.asString()));
    List<Parameter> parameters = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode type = property.getValue();
      String name = prefix + property.getKey() + (required.contains(property.getKey()) ? "*" : "");
      String usual =
          expected.stream()
              .filter(row -> row.name().equals(name))
              .map(Parameter::usual)
              .findFirst()
              .orElse("");
      parameters.add(new Parameter(name, type(type), usual, limits(type)));
      parameters.addAll(parameters(property.getKey() + ".", type.path("items"), expected));
    }
    return parameters;
  }

  private static String type(JsonNode type) {
    List<String> words = type.path("enum").valueStream().map(JsonNode::asString).toList();
    return words.isEmpty() ? type.path("type").asString() : String.join("/", words);
  }

  private static String limits(JsonNode type) {
    List<String> limits = new ArrayList<>();
    for (String name :
        List.of(
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "maxProperties",
            "pattern")) {
      if (type.has(name)) {
        limits.add(name + " " + type.path(name).asString());
      }
    }
    return String.join(", ", limits);
  }

  @Test
  void describesEveryToolAndEveryParameterWithWhatIsUsualAndItsLimit() throws Exception {
    Map<String, List<Parameter>> table = table();
    for (ToolSpec spec : specs()) {
      assertThat(spec.description()).as(spec.name()).hasSizeBetween(30, 800).endsWith(".");
      assertThat(spec.description()).as(spec.name()).matches("[A-Z].*");
      for (Parameter row : table.getOrDefault(spec.name(), List.of())) {
        String description = described(spec.inputSchema(), row.shortName());
        assertThat(description)
            .as(spec.name() + " " + row.name())
            .hasSizeGreaterThan(8)
            .endsWith(".");
        if (!row.usual().isEmpty()) {
          assertThat(description)
              .as(spec.name() + " " + row.name())
              .contains(row.usual() + " without it");
        }
        if (row.limits().contains("maximum ") && !row.limits().contains("2147483647")) {
          String most = row.limits().replaceAll(".*maximum (\\d+).*", "$1");
          assertThat(description).as(spec.name() + " " + row.name()).contains(most + " ");
        }
      }
    }
  }

  private static String described(JsonNode schema, String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? Json.text(schema.path("properties").path(name), "description").orElse("")
        : described(
            schema.path("properties").path(name.substring(0, dot)).path("items"),
            name.substring(dot + 1));
  }

  /// A model that a tool refuses something must know what to do instead.
  @Test
  void saysInEachDescriptionWhatToDoWhenItFails() throws Exception {
    Set<String> neverFail =
        Set.of(
            "todo_add",
            "todo_get",
            "todo_get_next",
            "todo_clear",
            "ask_question",
            "list_strategy",
            "list_skills");
    for (ToolSpec spec : specs()) {
      if (!neverFail.contains(spec.name())) {
        assertThat(spec.description())
            .as(spec.name())
            .containsPattern("([Ww]hen|Fails|Refuses|Not available).*(:|,).*");
      }
    }
  }

  @Test
  void refusesWhatIsPastALimitMissingOrUnknown() throws Exception {
    Map<String, List<Parameter>> table = table();
    for (ToolSpec spec : specs()) {
      ObjectNode fitting = fitting(spec.inputSchema());
      assertThat(problems(spec, fitting)).as(spec.name()).isEmpty();
      assertThat(problems(spec, fitting.deepCopy().put("surprise", 1)))
          .as(spec.name())
          .isNotEmpty();
      for (Parameter row : table.getOrDefault(spec.name(), List.of())) {
        if (row.name().contains(".")) {
          continue;
        }
        JsonNode type = spec.inputSchema().path("properties").path(row.shortName());
        for (JsonNode wrong : wrong(type)) {
          ObjectNode call = fitting.deepCopy();
          call.set(row.shortName(), wrong);
          assertThat(problems(spec, call))
              .as("%s %s %s", spec.name(), row.name(), wrong)
              .isNotEmpty();
        }
        for (JsonNode right : atTheLimit(type)) {
          ObjectNode call = fitting.deepCopy();
          call.set(row.shortName(), right);
          assertThat(problems(spec, call)).as("%s %s %s", spec.name(), row.name(), right).isEmpty();
        }
        if (row.name().endsWith("*")) {
          ObjectNode call = fitting.deepCopy();
          call.remove(row.shortName());
          assertThat(problems(spec, call)).as(spec.name() + " without " + row.name()).isNotEmpty();
        }
      }
    }
  }

  private List<String> problems(ToolSpec spec, JsonNode arguments) {
    return schemas.problems(spec.inputSchema(), arguments);
  }

  private static ObjectNode fitting(JsonNode schema) {
    ObjectNode call = Json.object();
    for (JsonNode name : schema.path("required")) {
      JsonNode type = schema.path("properties").path(name.asString());
      call.set(name.asString(), fittingValue(type));
    }
    return call;
  }

  private static JsonNode fittingValue(JsonNode type) {
    if (type.has("enum")) {
      return type.path("enum").path(0);
    }
    return switch (type.path("type").asString()) {
      case "integer" -> Json.array().add(type.path("minimum").asInt()).get(0);
      case "boolean" -> Json.array().add(true).get(0);
      case "array" -> Json.array().add(item(type.path("items")));
      case "object" -> Json.object();
      default -> text(type.has("pattern") ? 64 : 1);
    };
  }

  private static JsonNode item(JsonNode type) {
    return type.path("type").asString().equals("object") ? fitting(type) : fittingValue(type);
  }

  private static JsonNode text(int length) {
    return Json.array().add("a".repeat(length)).get(0);
  }

  private static List<JsonNode> atTheLimit(JsonNode type) {
    List<JsonNode> values = new ArrayList<>();
    values.add(fittingValue(type));
    for (String limit : List.of("minimum", "maximum")) {
      if (type.has(limit)) {
        values.add(type.path(limit));
      }
    }
    if (type.has("maxLength") && type.path("maxLength").asInt() < 1_000_000) {
      values.add(text(type.path("maxLength").asInt()));
    }
    return values;
  }

  private static List<JsonNode> wrong(JsonNode type) {
    List<JsonNode> values = new ArrayList<>();
    // Of every other type one; a string of digits is no number, and null is nothing.
    String own = type.path("type").asString();
    values.add(own.equals("string") ? Json.array().add(1).get(0) : text(1));
    values.add(own.equals("object") ? Json.array() : Json.object());
    values.add(Json.array().addNull().get(0));
    if (type.has("minimum")) {
      values.add(Json.array().add(type.path("minimum").asLong() - 1).get(0));
      values.add(Json.array().add(type.path("maximum").asLong() + 1).get(0));
      values.add(Json.array().add(1.5).get(0));
    }
    if (type.has("minLength")) {
      values.add(text(0));
    }
    if (type.has("maxLength")) {
      values.add(text(type.path("maxLength").asInt() + 1));
    }
    if (type.has("pattern")) {
      values.add(text(63));
      values.add(Json.array().add("g".repeat(64)).get(0));
    }
    if (type.has("enum")) {
      values.add(Json.array().add("MARKDOWN").get(0));
    }
    if (type.has("maxItems")) {
      var items = Json.array();
      for (int i = 0; i <= type.path("maxItems").asInt(); i++) {
        items.add(item(type.path("items")));
      }
      values.add(items);
    }
    return values;
  }

  private static Map<String, List<Parameter>> table() throws IOException {
    Map<String, List<Parameter>> table = new TreeMap<>();
    List<Parameter> parameters = new ArrayList<>();
    for (String line : text().lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("  ")) {
        String[] cells = line.strip().split("\\s*\\|\\s*", -1);
        parameters.add(new Parameter(cells[0], cells[1], cells[2], cells[3]));
      } else {
        parameters = new ArrayList<>();
        table.put(line.strip(), parameters);
      }
    }
    return table;
  }

  private static String text() throws IOException {
    try (var table = Objects.requireNonNull(ToolTableTest.class.getResourceAsStream("tools.txt"))) {
      return new String(table.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /// The tools as a run offers them to the model of an agent that has them all.
  private List<ToolSpec> specs() throws Exception {
    IdGenerator ids = IdGenerator.random();
    BuiltInTools tools =
        new BuiltInTools(
            new ToolSettings(Map.of(), Set.of(), folder, Verdict.ALLOW),
            Clock.system(),
            ids,
            new Trash(Clock.system(), ids),
            List.of());
    Set<String> names = new TreeSet<>(tools.names());
    names.addAll(Launcher.toolNames());
    names.addAll(SkillTools.names());
    Path strategy =
        Files.writeString(
            folder.resolve("all.yaml"),
            """
            version: "1"
            name: all
            agents: {a: {model: some/model, tools: [%s]}}
            flow: {type: sequential, name: main, steps: [{agent: a}]}
            """
                .formatted(String.join(", ", names)));
    Listening model = new Listening();
    try (RunSystem runs = RunSystem.open(RunSystemOptions.of(new MemoryRunStore(), model, tools))) {
      String run = runs.prepareRun(ME, PrepareRunOptions.of(strategy)).runId().value();
      runs.startRun(ME, run, Optional.of("hello"), Optional.empty());
      runs.await(run);
    }
    assertThat(model.offered).extracting(ToolSpec::name).containsExactlyInAnyOrderElementsOf(names);
    return model.offered;
  }

  /// A model that says nothing and remembers what it was offered.
  private static final class Listening implements ModelRegistry, Model {
    private volatile List<ToolSpec> offered = List.of();

    @Override
    public Model model(String name, ModelScope scope) {
      return this;
    }

    @Override
    public ModelInfo info(String name) {
      return new ModelInfo(name, OptionalLong.empty(), OptionalLong.empty());
    }

    @Override
    public ModelInfo info() {
      return info("some/model");
    }

    @Override
    public TurnEnd generate(ModelRequest request, PartListener listener)
        throws InterruptedException {
      offered = request.tools();
      listener.part(new ModelPart.Text("ok"));
      return new TurnEnd(FinishReason.STOP, Usage.NONE, Optional.empty());
    }
  }
}
