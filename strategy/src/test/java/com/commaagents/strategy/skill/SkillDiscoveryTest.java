package com.commaagents.strategy.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SkillDiscoveryTest {
  @TempDir Path folder;

  private Path workspace;
  private Path data;

  @BeforeEach
  void makeFolders() throws IOException {
    workspace = Files.createDirectories(folder.resolve("work"));
    data = Files.createDirectories(folder.resolve("data"));
  }

  @Test
  void findsSkillsInBothPlacesTheWorkspaceFirst() throws IOException {
    skill(workspace.resolve(".comma"), "b", "name: review\ndescription: ours", "Look twice.");
    skill(data, "a", "name: review\ndescription: theirs", "Look once.");
    skill(data, "c", "name: deploy\ndescription: >\n  Bring it\n  out.", "Push.\n");

    Skills skills = skills();

    assertThat(skills.warnings()).isEmpty();
    assertThat(skills.names()).containsExactly("deploy", "review");
    assertThat(skills.find("review").orElseThrow().description()).isEqualTo("ours");
    assertThat(skills.find("review").orElseThrow().text()).isEqualTo("Look twice.");
    assertThat(skills.find("deploy").orElseThrow().description()).isEqualTo("Bring it out.");
    assertThat(skills.find("nothing")).isEmpty();
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(skills()).isSameAs(Skills.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no front matter | does not begin with front matter",
        "---\\nname: a\\n | does not begin with front matter",
        "---\\nname: [\\n---\\ntext | line ",
        "---\\ndescription: d\\n---\\ntext | needs a name",
        "---\\nname: ../a\\ndescription: d\\n---\\ntext | needs a name",
        "---\\nname: a\\n---\\ntext | needs a description",
        "---\\nname: a\\ndescription: d\\n---\\n | nothing behind its front matter"
      })
  void warnsOfWhatIsNoSkill(String content, String why) throws IOException {
    Path file = data.resolve("skills/x/SKILL.md");
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, content.replace("\\n", "\n"));

    assertThat(skills().byName()).isEmpty();
    assertThat(skills().warnings())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.file()).isEqualTo(file);
          assertThat(warning.message()).contains(why);
        });
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void takesSkillsUpToTheirLimits(int more, boolean taken) throws IOException {
    String name = "n".repeat(SkillFile.MAX_NAME + more);
    skill(data, "a", "name: " + name + "\ndescription: d", "text");
    String description = "d".repeat(SkillFile.MAX_DESCRIPTION + more);
    skill(data, "b", "name: long\ndescription: " + description, "text");
    String front = "---\nname: big\ndescription: d\n---\n";
    Path big = data.resolve("skills/c/SKILL.md");
    Files.createDirectories(big.resolveSibling(""));
    Files.writeString(big, front + "x".repeat(SkillFile.MAX_BYTES - front.length() + more));

    assertThat(skills().names().contains(name)).isEqualTo(taken);
    assertThat(skills().names().contains("long")).isEqualTo(taken);
    assertThat(skills().names().contains("big")).isEqualTo(taken);
    assertThat(skills().warnings()).hasSize(taken ? 0 : 3);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1"})
  void looksAtAsManySkillsAsItMay(int more, int warnings) throws IOException {
    for (int i = 0; i < SkillDiscovery.MAX_SKILLS + more; i++) {
      skill(data, "s" + i, "name: s" + i + "\ndescription: d", "text");
    }
    assertThat(skills().byName()).hasSize(SkillDiscovery.MAX_SKILLS);
    assertThat(skills().warnings()).hasSize(warnings);
  }

  @Test
  void followsNoLinkOutOfAWorkspace() throws IOException {
    skill(folder.resolve("secret"), "a", "name: stolen\ndescription: d", "text");
    Path skills = Files.createDirectories(workspace.resolve(".comma/skills"));
    Files.createSymbolicLink(skills.resolve("a"), folder.resolve("secret/skills/a"));
    Path file = Files.createDirectories(skills.resolve("b")).resolve("SKILL.md");
    Files.createSymbolicLink(file, folder.resolve("secret/skills/a/SKILL.md"));

    assertThat(skills().byName()).isEmpty();
    assertThat(skills().warnings())
        .hasSize(2)
        .allSatisfy(warning -> assertThat(warning.message()).contains("leads out"));
  }

  @Test
  void followsLinksOutOfTheDataFolder() throws IOException {
    skill(folder.resolve("dotfiles"), "a", "name: mine\ndescription: d", "text");
    Files.createSymbolicLink(data.resolve("skills"), folder.resolve("dotfiles/skills"));

    assertThat(skills().names()).containsExactly("mine");
  }

  @Test
  void saysWhenASkillIsGone() throws IOException {
    skill(data, "a", "name: a\ndescription: d", "text");
    Skill skill = skills().find("a").orElseThrow();
    Files.delete(skill.file());

    assertThatThrownBy(skill::text).isInstanceOf(IOException.class);
  }

  private Skills skills() {
    return new SkillDiscovery(data).in(workspace);
  }

  private static void skill(Path place, String name, String front, String text) throws IOException {
    Path own = Files.createDirectories(place.resolve("skills").resolve(name));
    Files.writeString(own.resolve("SKILL.md"), "---\n" + front + "\n---\n\n" + text);
  }
}
