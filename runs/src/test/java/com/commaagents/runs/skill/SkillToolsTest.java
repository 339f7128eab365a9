package com.commaagents.runs.skill;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.strategy.skill.Skill;
import com.commaagents.strategy.skill.Skills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each way in which learning a skill fails: what was wrong, and what a model is to do next. Names
/// that do not fit the schema never come so far.
class SkillToolsTest {
  @TempDir Path folder;
  private Map<String, Tool> tools = Map.of();

  @BeforeEach
  void write() throws IOException {
    Map<String, Skill> skills = new TreeMap<>();
    for (String name : List.of("sound", "gone", "damaged", "folder")) {
      Path file = Files.createDirectory(folder.resolve(name)).resolve("SKILL.md");
      Files.writeString(file, "---\nname: %s\ndescription: d\n---\nLearn.\n".formatted(name));
      skills.put(name, new Skill(name, "d", file));
    }
    tools = SkillTools.of(new Skills(skills, List.of()));
    Files.delete(folder.resolve("gone/SKILL.md"));
    Files.writeString(folder.resolve("damaged/SKILL.md"), "no skill any more");
    Files.delete(folder.resolve("folder/SKILL.md"));
    Files.createDirectory(folder.resolve("folder/SKILL.md"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other|There is no skill of that name|call list_skills to see the names.",
        "../sound|There is no skill of that name|call list_skills to see the names.",
        "SOUND|There is no skill of that name|call list_skills to see the names.",
        "gone|The skill cannot be read any more|go on without it, and tell the user.",
        "damaged|The skill cannot be read any more|go on without it, and tell the user.",
        "folder|The skill cannot be read any more|go on without it, and tell the user.",
      })
  void tellsWhatIsWrongAndWhatToDoNext(String name, String what, String next) throws Exception {
    assertThat(load(name)).isEqualTo("skill_unavailable: " + what + "\nNext: " + next);
    assertThat(load("sound")).endsWith("\n\nLearn.");
  }

  private String load(String name) throws InterruptedException {
    return Objects.requireNonNull(tools.get("load_skill"))
        .call(Json.object().put("name", name), new ToolCallContext("a", "0", "t1"));
  }
}
