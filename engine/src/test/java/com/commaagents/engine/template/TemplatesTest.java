package com.commaagents.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.json.Json;
import com.commaagents.engine.template.Templates.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class TemplatesTest {
  @TempDir Path folder;

  private final Templates templates =
      new Templates(
          new TemplateWorld(
              Map.of("TEAM", "blue", "MY_TOKEN", "s3cret", "MISTRAL_LOGIN", "s3cret"),
              Set.of("MISTRAL_LOGIN"),
              Optional.of((command, in) -> "ran " + command + " in " + in.getFileName())));

  @Test
  void putsVariablesInTheirPlaces() throws TemplateException {
    assertThat(
            render(
                "{{ name | upcase }} {{ count | plus: 1 }} {{ rate }}"
                    + "{% if strict %} strictly{% endif %}:"
                    + "{% for rule in rules %} {{ forloop.index }}. {{ rule }}{% endfor %}"
                    + " {{ who.lead }}{{ unknown }}",
                "{\"name\":\"ann\",\"count\":2,\"rate\":0.5,\"strict\":true,"
                    + "\"rules\":[\"a\",\"b\"],\"who\":{\"lead\":\"bob\"}}"))
        .isEqualTo("ANN 3 0.5 strictly: 1. a 2. b bob");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ name",
        "{% if x %}",
        "{{ a | nosuchfilter }}",
        "{% nosuchtag %}",
        "{% endfor %}"
      })
  void saysWhatIsWrongWithATemplate(String template) {
    assertThat(templates.mistake(template))
        .hasValueSatisfying(
            mistake -> assertThat(mistake).isNotBlank().doesNotContain("\n", "Exception"));
    assertThatThrownBy(() -> render(template, "{}")).isInstanceOf(TemplateException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void readsTemplatesUpToItsLimit(int more, boolean read) {
    assertThat(templates.mistake("x".repeat(Templates.MAX_BYTES + more)).isEmpty()).isEqualTo(read);
  }

  @Test
  void showsTheEnvironmentButNoCredential() throws TemplateException {
    assertThat(render("{{ 'TEAM' | env }}", "{}")).isEqualTo("blue");
    assertFails("{{ 'MISTRAL_LOGIN' | env }}", "may hold a credential");
    assertFails("{{ 'MY_TOKEN' | env }}", "may hold a credential");
    assertFails("{{ 'aws_secret_access_key' | env }}", "may hold a credential");
    assertFails("{{ 'NOT_SET' | env }}", "NOT_SET is not set");
  }

  @Test
  void showsTheFirstLineOfAFileBesideTheStrategy() throws IOException, TemplateException {
    Files.writeString(folder.resolve("version.txt"), "1.2\r\nnot this\n");
    Files.writeString(folder.resolve("empty.txt"), "");
    assertThat(render("{{ 'version.txt' | file }}|{{ 'empty.txt' | file }}", "{}"))
        .isEqualTo("1.2|");
    assertFails("{{ 'missing.txt' | file }}", "missing.txt beside the strategy cannot be read");
    assertFails("{{ '.' | file }}", "no regular file");
  }

  @Test
  void showsNoFileOfAnotherFolder() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "x");
    folder = Files.createDirectories(folder.resolve("strategies"));
    Files.createSymbolicLink(folder.resolve("link"), secret);
    assertFails("{{ '../secret' | file }}", "outside of the strategy's folder");
    assertFails("{{ 'link' | file }}", "outside of the strategy's folder");
    assertFails("{{ '/etc/passwd' | file }}", "outside of the strategy's folder");
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void readsAFirstLineUpToItsLimit(int more, boolean read) throws IOException {
    Files.writeString(folder.resolve("long"), "x".repeat(WorldFilters.MAX_LINE_BYTES + more));
    if (read) {
      assertThat(rendered("{{ 'long' | file }}")).hasSize(WorldFilters.MAX_LINE_BYTES);
    } else {
      assertFails("{{ 'long' | file }}", "is longer than");
    }
  }

  @Test
  void runsCommandsOnlyWhereThatIsAllowed() throws TemplateException {
    assertThat(render("{{ 'date' | exec }}", "{}"))
        .isEqualTo("ran date in " + folder.getFileName());
    Templates off = new Templates(TemplateWorld.NONE);
    assertThatThrownBy(() -> off.render("{{ 'date' | exec }}", Map.of(), folder.resolve("s.yaml")))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("set templateExec in daemon.json");
  }

  @Test
  void includesNoOtherFile() throws IOException {
    Files.createDirectories(folder.resolve("_includes"));
    Files.writeString(folder.resolve("_includes/a.liquid"), "x");
    assertFails("{% include 'a' %}", "not supported");
  }

  @Test
  void endsLoopsAndOutputAtTheirLimits() {
    String loop = "{% for i in (1..1000) %}{% for j in (1..1000) %}x{% endfor %}{% endfor %}";
    assertFails(loop, "");
    assertFails("{% for i in (1..2000) %}" + "x".repeat(1_000) + "{% endfor %}", "");
  }

  private void assertFails(String template, String why) {
    assertThatThrownBy(() -> render(template, "{}"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(why);
  }

  private String rendered(String template) {
    try {
      return render(template, "{}");
    } catch (TemplateException failed) {
      throw new AssertionError(failed);
    }
  }

  private String render(String template, String variables) throws TemplateException {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    Json.parse(variables)
        .orElseThrow()
        .properties()
        .forEach(field -> values.put(field.getKey(), field.getValue()));
    return templates.render(template, values, folder.resolve("s.yaml"));
  }
}
