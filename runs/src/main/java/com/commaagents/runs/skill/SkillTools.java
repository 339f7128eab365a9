package com.commaagents.runs.skill;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.strategy.skill.Skill;
import com.commaagents.strategy.skill.Skills;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `list_skills` and `load_skill`: the tools about the skills of a run.
public final class SkillTools {
  private static final String LOAD = "load_skill";
  private static final String LIST = "list_skills";
  private static final ToolSpec LOAD_SPEC =
      new ToolSpec(
          LOAD,
          "Gives you the instructions of a skill. Load one before you begin a task that its"
              + " description fits. When there is none of that name, look with list_skills.",
          loadSchema(),
          true);
  private static final ToolSpec LIST_SPEC =
      new ToolSpec(
          LIST,
          "Lists the skills there are, with what each is good for.",
          Json.object().put("type", "object").put("additionalProperties", false),
          true);

  private SkillTools() {}

  /// The names of the tools.
  public static Set<String> names() {
    return Set.of(LOAD, LIST);
  }

  /// The tools, by their names.
  public static Map<String, Tool> of(Skills skills) {
    return Map.of(LOAD, new LoadTool(skills), LIST, new ListTool(skills));
  }

  private record LoadTool(Skills skills) implements Tool {
    @Override
    public ToolSpec spec() {
      return LOAD_SPEC;
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext call) {
      String name = Json.text(arguments, "name").orElseThrow();
      Optional<Skill> skill = skills.find(name);
      if (skill.isEmpty()) {
        return unavailable("There is no skill of that name", "call list_skills to see the names.");
      }
      try {
        // Where it lies, so that the agent finds the files it speaks of.
        return "Skill "
            + name
            + " (in "
            + skill.get().file().resolveSibling("")
            + ")\n\n"
            + skill.get().text();
      } catch (IOException gone) {
        return unavailable(
            "The skill cannot be read any more", "go on without it, and tell the user.");
      }
    }
  }

  private record ListTool(Skills skills) implements Tool {
    @Override
    public ToolSpec spec() {
      return LIST_SPEC;
    }

    @Override
    public String call(JsonNode arguments, ToolCallContext call) {
      StringBuilder list = new StringBuilder();
      skills
          .byName()
          .values()
          .forEach(skill ->
              list.append("- ")
                  .append(skill.name())
                  .append(": ")
                  .append(skill.description())
                  .append('\n'));
      skills
          .warnings()
          .forEach(warning ->
              list.append("(not usable: ")
                  .append(warning.file())
                  .append(": ")
                  .append(warning.message())
                  .append(")\n"));
      return list.isEmpty()
          ? "There are no skills in this folder. Do the work without."
          : list.toString().strip();
    }
  }

  private static String unavailable(String what, String next) {
    return "skill_unavailable: " + what + "\nNext: " + next;
  }

  private static ObjectNode loadSchema() {
    ObjectNode schema = Json.object().put("type", "object");
    schema
        .putObject("properties")
        .putObject("name")
        .put("type", "string")
        .put("minLength", 1)
        .put("description", "The skill's name, as list_skills shows it.");
    schema.putArray("required").add("name");
    return schema.put("additionalProperties", false);
  }
}
