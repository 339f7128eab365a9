package com.commaagents.engine.agent;

import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.strategy.definition.AgentDefinition.SystemPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What becomes of a system prompt on its way from the strategy file to a model.
final class SystemPromptsTest {
  @TempDir Path folder;

  private Optional<String> sent(SystemPrompt prompt) throws InterruptedException {
    FakeRun run = new FakeRun();
    run.file(folder.resolve("strategy.yaml")).agent("a", definition -> definition.prompt(prompt));
    run.execute(sequence("a"), "hello");
    return run.model("a").requests().getFirst().system();
  }

  private static SystemPrompt template(String text) {
    Map<String, JsonNode> variables =
        Map.of("who", Json.mapper().getNodeFactory().stringNode("Ann"));
    return new SystemPrompt.Template(text, variables);
  }

  @Test
  void rendersATemplateWithItsVariables() throws InterruptedException {
    assertThat(sent(template("Help {{ who }}{% if no %} not{% endif %}."))).contains("Help Ann.");
  }

  @Test
  void leavesATextThatIsNoTemplateAsItIs() throws InterruptedException {
    assertThat(sent(new SystemPrompt.Text("Help {{ who }}."))).contains("Help {{ who }}.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prompt.md", "prompt.txt", "sub/prompt.md"})
  void rendersATemplateInAFileBesideTheStrategy(String name)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve("version"), "1.2\nmore");
    Files.writeString(folder.resolve(name), "Help {{ who }} with {{ 'version' | file }}: é");

    assertThat(sent(template(name))).contains("Help Ann with 1.2: é");
  }

  @Test
  void takesWhatComesOutOfATemplateForTheTextItself() throws InterruptedException {
    assertThat(sent(template("{{ who }}{{ '.md' }}"))).contains("Ann.md");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{% if no %}x{% endif %}\n"})
  void sendsNoneWhereNothingComesOut(String text) throws InterruptedException {
    assertThat(sent(template(text))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "{{ 'NOT_SET' | env }}, the environment variable NOT_SET is not set",
    "{{ 'OPENAI_API_KEY' | env }}, the filter env does not show OPENAI_API_KEY",
    "{{ 'gone' | file }}, the file gone beside the strategy cannot be read",
    "{{ 'date' | exec }}, the filter exec is off; set templateExec in daemon.json to allow it",
  })
  void namesTheAgentWhoseTemplateFails(String text, String why) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> sent(template(text)))
        .withMessageStartingWith("Agent \"a\": systemPromptTemplate: ")
        .withMessageContaining(why);
  }

  @Test
  void refusesATemplateFileThatIsNotThereOrNoText() throws IOException {
    Files.write(folder.resolve("binary.md"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> sent(template("gone.md")))
        .withMessageStartingWith(
            "Agent \"a\": the system prompt file gone.md cannot be read: there is no such file");
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> sent(template("binary.md")))
        .withMessage(
            "Agent \"a\": the system prompt file binary.md cannot be read: it is not UTF-8 text");
  }
}
