package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.store.MemoryRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes into system prompts: templates, and skills of the folder a run works in.
final class RunPromptsTest {
  private static final ClientId ALICE = new ClientId("alice");

  private final Path folder;
  private final RunSystem runs;
  private int runCount;

  RunPromptsTest(@TempDir Path folder) {
    this.folder = folder;
    this.runs =
        RunSystem.open(
            RunSystemOptions.of(new MemoryRunStore(), new FakeModels(), new FakeTools())
                .withDataFolder(folder.resolve("data")));
  }

  @AfterEach
  void shutDown() throws InterruptedException {
    runs.shutdown();
  }

  @Test
  void tellsAnAgentThatCanLoadSkillsWhichThereAre() throws Exception {
    skill("data", "deploy", "Bring it out.", "Push.");
    skill(".comma", "review", "Look at changes.", "Look twice.");

    assertThat(run("model: fake/system, systemPrompt: Be kind., tools: [load_skill]", ""))
        .isEqualTo(
            """
            Be kind.

            # Skills

            Load a skill with load_skill before a task that it fits:
            - deploy: Bring it out.
            - review: Look at changes.\
            """);
    assertThat(run("model: fake/system, systemPrompt: Be kind.", ""))
        .as("one that cannot")
        .isEqualTo("Be kind.");
  }

  @Test
  void givesAnAgentTheSkillsThatItRequires() throws Exception {
    skill(".comma", "review", "Look at changes.", "Look twice.");
    skill(".comma", "deploy", "Bring it out.", "Push.");

    assertThat(run("model: fake/system, skills: [review], tools: [load_skill]", ""))
        .isEqualTo(
            """
            # Skill: review

            Look twice.

            # Skills

            Load a skill with load_skill before a task that it fits:
            - deploy: Bring it out.\
            """);
  }

  @Test
  void listsAndLoadsSkills() throws Exception {
    assertThat(run("model: fake/skills, tools: [list_skills]", ""))
        .isEqualTo("heard: There are no skills in this folder. Do the work without.");
    skill(".comma", "review", "Look at changes.", "Look twice.");
    Files.createDirectories(folder.resolve(".comma/skills/broken"));
    Path broken = Files.writeString(folder.resolve(".comma/skills/broken/SKILL.md"), "no");

    assertThat(run("model: fake/skills, tools: [list_skills]", ""))
        .startsWith("heard: - review: Look at changes.\n(not usable: " + broken + ": it does not");
    assertThat(run("model: fake/skill, tools: [load_skill]", "{\"name\": \"review\"}"))
        .isEqualTo(
            "heard: Skill review (in "
                + folder.resolve(".comma/skills/review")
                + ")\n\nLook twice.");
    assertThat(run("model: fake/skill, tools: [load_skill]", "{\"name\": \"other\"}"))
        .isEqualTo(
            "heard: skill_unavailable: There is no skill of that name\n"
                + "Next: call list_skills to see the names.");
  }

  @Test
  void refusesAStrategyThatRequiresASkillThatIsNotThere() throws IOException {
    skill(".comma", "review", "Look at changes.", "Look twice.");
    assertThatThrownBy(() -> run("model: fake/echo, skills: [reviews]", ""))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("reviews")
        .hasMessageContaining("review");
  }

  @Test
  void rendersATemplateAndSaysAtTheLoadWhatIsWrongWithOne() throws Exception {
    assertThat(
            run(
                "model: fake/system, systemPromptTemplate: {template: 'You are {{ who }}.',"
                    + " variables: {who: a tester}}",
                ""))
        .isEqualTo("You are a tester.");
    assertThatThrownBy(() ->
            run("model: fake/system, systemPromptTemplate: {template: '{{ a | nothing }}'}", ""))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("the template does not parse")
        .hasMessageContaining("nothing")
        .hasMessageContaining("s.yaml:4:");
    assertThatThrownBy(() ->
            run("model: fake/system, systemPromptTemplate: {template: \"{{ 'X' | env }}\"}", ""))
        .isInstanceOf(Fault.class)
        .hasMessageContaining(
            "Agent \"a\": systemPromptTemplate: the environment variable X is not");
  }

  private String run(String agent, String input) throws Exception {
    String run = "run-" + ++runCount;
    Path strategy = folder.resolve("s.yaml");
    Files.writeString(
        strategy,
        "name: s\nversion: '1'\nagents:\n  a: { "
            + agent
            + " }\nflow: { type: sequential, name: main, steps: [{agent: a}] }\n");
    runs.prepareRun(
        ALICE,
        new PrepareRunOptions(
            Optional.of(run),
            Optional.of(strategy.toString()),
            Optional.empty(),
            Optional.of(folder.toString()),
            Optional.empty()));
    runs.startRun(ALICE, run, Optional.of(input), Optional.empty());
    return runs.await(run).orElseThrow().result().orElseThrow().text();
  }

  private void skill(String place, String name, String description, String text)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve(place).resolve("skills").resolve(name));
    Files.writeString(
        own.resolve("SKILL.md"),
        "---\nname: " + name + "\ndescription: " + description + "\n---\n" + text + "\n");
  }
}
