package com.commaagents.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.cli.config.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelChoiceTest {
  private static final ModelChoice OF_THE_FILE = new ModelChoice.OfTheFile();

  @TempDir Path folder;

  private final Map<String, String> variables = new HashMap<>();
  private int listeningPort;

  @BeforeEach
  void writeStrategy() throws IOException {
    Files.writeString(folder.resolve("review.script.yaml"), "");
    strategy("openai/gpt-4.1", "anthropic/claude-sonnet-4-5");
  }

  @Test
  void isTheScriptWhenACredentialIsMissing() {
    assertThat(choice())
        .isEqualTo(
            new ModelChoice.Scripted(
                "No API key for openai (set OPENAI_API_KEY): using the scripted model of"
                    + " review.script.yaml."));
    variables.put("OPENAI_API_KEY", "k");
    assertThat(choice())
        .isEqualTo(
            new ModelChoice.Scripted(
                "No API key for anthropic (set ANTHROPIC_API_KEY): using the scripted model of"
                    + " review.script.yaml."));
  }

  @Test
  void isTheFileWhenAllItsProvidersHaveACredential() throws IOException {
    variables.put("OPENAI_API_KEY", "k");
    credentials("{\"$global\": {\"anthropic\": {\"type\": \"api\", \"key\": \"s3cret\"}}}");
    assertThat(choice()).isEqualTo(OF_THE_FILE);
    credentials("{\"review\": {\"anthropic\": {\"type\": \"api\", \"key\": \"s3cret\"}}}");
    assertThat(choice()).isEqualTo(OF_THE_FILE);
    credentials("{\"another\": {\"anthropic\": {\"type\": \"api\", \"key\": \"s3cret\"}}}");
    assertThat(choice()).isInstanceOf(ModelChoice.Scripted.class);
    credentials("broken");
    assertThat(choice()).isInstanceOf(ModelChoice.Scripted.class);
  }

  @Test
  void isTheFileWhenThereIsNoScript() throws IOException {
    Files.delete(folder.resolve("review.script.yaml"));
    assertThat(choice()).isEqualTo(OF_THE_FILE);
  }

  @Test
  void isTheFileWhenTheLocalProviderListens() throws IOException {
    strategy("ollama/llama3", "scripted/default");
    assertThat(choice())
        .isEqualTo(
            new ModelChoice.Scripted(
                "No ollama on localhost:11434: using the scripted model of review.script.yaml."));
    listeningPort = 11434;
    assertThat(choice()).isEqualTo(OF_THE_FILE);
  }

  @Test
  void looksAtModelsAndNotAtComments() throws IOException {
    Files.writeString(
        folder.resolve("review.yaml"),
        """
        name: review
        # model: xai/grok
        agents: {a: {"model": "groq/x/y"}, b: {model: 'mistral/z'}, c: {model: bare}}
        """);
    assertThat(new StrategyFile(folder.resolve("review.yaml")).providers())
        .containsExactly("groq", "mistral");
  }

  @Test
  void findsAStrategyByPathOrName() throws IOException {
    Path byName = folder.resolve("data/strategies/deep.yml");
    Files.createDirectories(byName.getParent());
    String deep =
        """
        {"name": "deep", "version": "1", "agents": {"a": {"model": "x/y"}},
         "flow": {"name": "m", "type": "sequential", "steps": [{"agent": "a"}]}}
        """;
    Files.writeString(byName, deep);
    assertThat(StrategyFile.find("review.yaml", place()).path())
        .isEqualTo(folder.resolve("review.yaml"));
    assertThat(StrategyFile.find("deep", place()).path()).isEqualTo(byName);
    Path inProject = folder.resolve(".comma/strategies/deep.json");
    Files.createDirectories(inProject.getParent());
    Files.writeString(inProject, deep);
    assertThat(StrategyFile.find("deep", place()).path()).isEqualTo(inProject);
    assertThat(StrategyFile.find("plan", place()).path())
        .isEqualTo(folder.resolve("data/bundled/plan.yaml"));
  }

  @Test
  void saysWhereItLookedForAStrategy() {
    assertThatThrownBy(() -> StrategyFile.find("other.yaml", place()))
        .isInstanceOf(Fault.class)
        .hasMessage("Strategy file not found: " + folder.resolve("other.yaml"));
    assertThatThrownBy(() -> StrategyFile.find("other", place()))
        .isInstanceOf(Fault.class)
        .hasMessageContaining(folder.resolve(".comma/strategies").toString());
  }

  private void strategy(String... models) throws IOException {
    StringBuilder text = new StringBuilder("name: review\nagents:\n");
    for (int i = 0; i < models.length; i++) {
      text.append("  a").append(i).append(":\n    model: ").append(models[i]).append("\n");
    }
    Files.writeString(folder.resolve("review.yaml"), text);
  }

  private void credentials(String content) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/credentials.json"), content);
  }

  private ModelChoice choice() {
    return ModelChoice.of(
        new StrategyFile(folder.resolve("review.yaml")),
        new Credentials(place(), port -> port == listeningPort));
  }

  private Place place() {
    Map<String, String> all = new HashMap<>(variables);
    all.put("COMMA_HOME", "data");
    return new Place(all, folder, folder);
  }
}
