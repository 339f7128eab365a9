package com.commaagents.strategy.load;

import static com.commaagents.strategy.load.LoadFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Differential: the loader takes what the published JSON Schema of strategy files takes, and
/// refuses what it refuses. Where the loader asks for more, [#isBeyondTheSchema] says so.
class SchemaAgreementTest {
  private static final int ROUNDS = 300;
  private static final List<String> VALUES =
      List.of(
          "0",
          "-1",
          "2",
          "1.5",
          "3.0",
          "\"\"",
          "\"text\"",
          "\"Infinity\"",
          "\"user\"",
          "\"llm\"",
          "\"cycle\"",
          "\"broadcast\"",
          "\"stdio\"",
          "\"http\"",
          "true",
          "null",
          "[]",
          "[\"a\"]",
          "{}",
          "{\"env\":\"X\"}",
          "{\"agent\":\"writer\"}",
          "{\"maxRecords\":1}");

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Json.parse(resource("strategy.schema.json")).orElseThrow());

  private static final JsonNode COMPLETE = Json.parse(resource("complete.json")).orElseThrow();

  @TempDir private Path folder;

  @Test
  void takesWhatTheSchemaTakes() {
    assertThat(SCHEMA.validate(COMPLETE)).isEmpty();
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int valid = 0;
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode strategy = COMPLETE.deepCopy();
      for (int change = random.nextInt(2); change >= 0; change--) {
        mutate(strategy, random);
      }
      boolean expected = SCHEMA.validate(strategy).isEmpty();
      valid += expected ? 1 : 0;
      assertThat(problems(strategy).isEmpty())
          .as("seed %s: %s\n%s", seed, problems(strategy), strategy)
          .isEqualTo(expected);
    }
    assertThat(valid).as("valid ones among the mutated").isBetween(ROUNDS / 20, ROUNDS);
  }

  private List<Problem> problems(JsonNode strategy) {
    Path file = new LoadFixture(folder).write("s.json", Json.write(strategy));
    return switch (new StrategyLoader().check(file, LoadRequest.FILE_ONLY)) {
      case LoadResult.Loaded _ -> List.of();
      case LoadResult.Rejected rejected ->
          rejected.problems().stream().filter(problem -> !isBeyondTheSchema(problem)).toList();
    };
  }

  /// Agents have to exist; a tool has a name; options that count are whole and not negative.
  private static boolean isBeyondTheSchema(Problem problem) {
    return problem.message().startsWith("unknown agent \"")
        || (problem.field().contains(".tools[") && problem.message().contains("found an empty one"))
        || (problem.field().contains(".modelOptions.")
            && problem.message().endsWith("another number"));
  }

  private static void mutate(JsonNode root, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    switch (containers.get(random.nextInt(containers.size()))) {
      case ObjectNode object -> mutate(object, containers, random);
      case ArrayNode array when random.nextBoolean() -> array.add(value(random));
      case ArrayNode array when !array.isEmpty() ->
          array.set(random.nextInt(array.size()), value(random));
      default -> {}
    }
  }

  private static void mutate(ObjectNode object, List<JsonNode> containers, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name(object, random));
      case 1 -> object.set(name(object, random), value(random));
      case 2 -> object.set("extra", value(random));
      default -> {
        JsonNode donor = containers.get(random.nextInt(containers.size()));
        String name = name(donor, random);
        object.set(name, random.nextBoolean() ? donor.path(name).deepCopy() : value(random));
        if (donor.path(name).isMissingNode()) {
          object.remove(name);
        }
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      containers.add(node);
      node.values().forEach(child -> collect(child, containers));
    }
  }

  private static String name(JsonNode node, Random random) {
    List<String> names = List.copyOf(node.propertyNames());
    return names.isEmpty() ? "extra" : names.get(random.nextInt(names.size()));
  }

  private static JsonNode value(Random random) {
    return Json.parse(VALUES.get(random.nextInt(VALUES.size()))).orElseThrow();
  }
}
