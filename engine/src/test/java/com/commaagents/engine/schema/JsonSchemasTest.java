package com.commaagents.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.schema.JsonSchemas.Misfit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonSchemasTest {
  private final JsonSchemas schemas = new JsonSchemas();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"string\"}|\"x\"|",
        "{\"type\":\"string\"}|1|integer found, string expected",
        "{\"enum\":[1,2]}|3|does not have a value in the enumeration [1, 2]",
        "true|3|",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"items\":[{\"type\":\"string\"}]}|[1]|/0:"
            + " integer found, string expected",
        "{\"$defs\":{\"n\":{\"type\":\"number\"}},\"$ref\":\"#/$defs/n\"}|\"x\""
            + "|string found, number expected",
      })
  void saysWhatDoesNotFit(String schema, String value, String problem) {
    assertThat(problems(schema, value)).isEqualTo(problem == null ? List.of() : List.of(problem));
  }

  @Test
  void saysWhereItDoesNotFit() {
    String schema =
        """
        {"type":"object","required":["a"],"additionalProperties":false,
         "properties":{"a":{},"b":{"items":{"type":"string"}}}}\
        """;

    assertThat(misfits(schema, "{\"b\":[\"x\",1],\"c\":2}"))
        .containsExactlyInAnyOrder(
            new Misfit(List.of("a"), "required property 'a' not found"),
            new Misfit(List.of("b", "1"), "integer found, string expected"),
            new Misfit(
                List.of("c"),
                "property 'c' is not defined in the schema and the schema does not allow additional"
                    + " properties"));
    assertThat(misfits("{\"pattern\":\"(\"}", "\"x\""))
        .singleElement()
        .satisfies(misfit ->
            assertThat(misfit.message()).startsWith("the schema itself cannot be used: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]}},\"required\":[\"a\"]}|",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"definitions\":{\"n\":{\"type\":\"number\"}}}|",
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$defs\":{\"n\":true}}|",
        "{\"x-ours\":1,\"type\":\"object\"}|",
        "{\"type\":\"objct\"}|[type]",
        "{\"properties\":{\"a\":{\"minLength\":-1}}}|[properties, a, minLength]",
        "{\"properties\":5}|[properties]",
        "{\"required\":\"a\"}|[required]",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"objct\"}|[type]",
        "{\"$schema\":\"https://example.invalid/x\"}|[]",
        "{\"$schema\":\"file:///etc/passwd\"}|[]",
        "{\"$ref\":\"https://example.invalid/x\"}|[]",
        "{\"$ref\":\"#/$defs/none\"}|[]",
        "{\"pattern\":\"(\"}|[]",
      })
  void tellsASchemaFromWhatIsNone(String schema, String place) {
    assertThat(
            schemas.flaws(Json.parse(schema).orElseThrow()).stream()
                .map(flaw -> flaw.place().toString())
                .distinct())
        .isEqualTo(place == null ? List.of() : List.of(place));
  }

  private List<Misfit> misfits(String schema, String value) {
    return schemas.misfits(Json.parse(schema).orElseThrow(), Json.parse(value).orElseThrow());
  }

  @Test
  void fetchesNoReference(@TempDir Path folder) throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"type\":\"string\"}");

    assertThat(problems("{\"$ref\":\"" + other.toUri() + "\"}", "\"x\""))
        .singleElement()
        .asString()
        .startsWith("the schema itself cannot be used: ");
    assertThat(problems("{\"$ref\":\"https://example.invalid/x\"}", "\"x\""))
        .singleElement()
        .asString()
        .startsWith("the schema itself cannot be used: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"type\":5}", "[]", "7", "{\"pattern\":\"(\"}", "{\"$schema\":\"urn:x\"}"})
  void survivesASchemaThatIsNone(String schema) {
    assertThat(problems(schema, "{\"a\":1}")).isNotNull();
    assertThat(problems(schema, "\"text\"")).isNotNull();
  }

  @Test
  void cutsALongListOfProblems() {
    String value = "[" + "1,".repeat(JsonSchemas.MAX_PROBLEMS) + "1]";

    assertThat(problems("{\"items\":{\"type\":\"string\"}}", value))
        .hasSize(JsonSchemas.MAX_PROBLEMS);
  }

  @Test
  void goesOnPastTheSchemasItKeeps() {
    for (int i = 0; i <= JsonSchemas.MAX_CACHED; i++) {
      assertThat(problems("{\"maximum\":" + i + "}", "" + i)).isEmpty();
    }
    assertThat(problems("{\"maximum\":0}", "1")).hasSize(1);
  }

  private List<String> problems(String schema, String value) {
    return schemas.problems(Json.parse(schema).orElseThrow(), Json.parse(value).orElseThrow());
  }
}
