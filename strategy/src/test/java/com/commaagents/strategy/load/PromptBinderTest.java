package com.commaagents.strategy.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.strategy.source.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptBinderTest {
  @TempDir private Path folder;
  private LoadFixture fixture;

  @BeforeEach
  void open() {
    fixture = new LoadFixture(folder);
  }

  @Test
  void takesPromptFilesBesideTheStrategyAndInFoldersOfIt() throws IOException {
    fixture.write("prompt.md", "You write.");
    Files.createDirectory(folder.resolve("prompts"));
    fixture.write("prompts/prompt.txt", "You write.");
    assertThat(fixture.problems(strategy("systemPrompt: prompt.md"))).isEmpty();
    assertThat(fixture.problems(strategy("systemPrompt: prompts/prompt.txt"))).isEmpty();
  }

  @Test
  void refusesPromptFilesThatAreNoFiles() throws IOException {
    Files.createDirectory(folder.resolve("folder.md"));
    assertThat(fixture.problems(strategy("systemPrompt: folder.md"))).hasSize(1);
    assertThat(fixture.problems(strategy("systemPrompt: \"a\\0b.md\""))).hasSize(1);
    assertThat(fixture.problems(strategy("systemPrompt: \"" + "x".repeat(5_000) + ".md\"")))
        .hasSize(1);
  }

  @Test
  void takesAPromptFileOfTheLargestSizeAndNoLarger() {
    fixture.write("large.md", "x".repeat(SourceReader.MAX_BYTES));
    fixture.write("larger.md", "x".repeat(SourceReader.MAX_BYTES + 1));
    assertThat(fixture.problems(strategy("systemPrompt: large.md"))).isEmpty();
    assertThat(fixture.problems(strategy("systemPrompt: larger.md")))
        .containsExactly(
            "s:4:32: agents.a.systemPrompt: the file it names is larger than 1048576 bytes");
  }

  @Test
  void letsTheTemplateBeJudgedWhetherWrittenOrInAFile() {
    List<String> judged = new ArrayList<>();
    LoadRequest request =
        request(template -> {
          judged.add(template);
          return template.contains("{{") ? Optional.of("'}}' is missing") : Optional.empty();
        });
    fixture.write("t.txt", "from a {{ file");
    assertThat(fixture.problems(strategy("systemPromptTemplate: {template: good}"), request))
        .isEmpty();
    assertThat(fixture.problems(strategy("systemPromptTemplate: {template: t.txt}"), request))
        .containsExactly(
            "s:4:51: agents.a.systemPromptTemplate.template: the template does not parse: '}}' is"
                + " missing");
    assertThat(judged).containsExactly("good", "from a {{ file");
  }

  private static LoadRequest request(TemplateSyntax templates) {
    Available known = LoadFixture.AVAILABLE;
    return new LoadRequest(
        false,
        new Available(
            known.tools(),
            known.agentTypes(),
            known.flowTypes(),
            known.skills(),
            known.mcpServers(),
            known.mcpPrograms(),
            templates,
            known.outputSchemas()));
  }

  private static String strategy(String prompt) {
    return """
    name: n
    version: v
    agents:
      a: { model: m, %s }
    flow: { type: sequential, name: f, steps: [{ agent: a }] }
    """
        .formatted(prompt);
  }
}
