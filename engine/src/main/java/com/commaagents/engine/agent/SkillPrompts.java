package com.commaagents.engine.agent;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.definition.AgentDefinition.Equipment;
import com.commaagents.strategy.skill.Skill;
import com.commaagents.strategy.skill.Skills;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What a system prompt says of skills: those that an agent requires in full, and the names of all
/// others to an agent that can load them.
public final class SkillPrompts {
  private static final String LOAD_TOOL = "load_skill";

  private SkillPrompts() {}

  /// The prompt with the skills behind it; empty when there is still nothing to say.
  ///
  /// @throws Fault `INVALID_INPUT` when a skill that the agent requires cannot be read
  public static Optional<String> with(
      Optional<String> prompt, String agentName, Equipment equipment, Skills skills) {
    StringBuilder said = new StringBuilder();
    for (String name : equipment.skills()) {
      said.append("\n\n# Skill: ")
          .append(name)
          .append("\n\n")
          .append(text(name, agentName, skills));
    }
    List<Skill> others =
        skills.byName().values().stream()
            .filter(skill -> !equipment.skills().contains(skill.name()))
            .toList();
    if (equipment.tools().contains(LOAD_TOOL) && !others.isEmpty()) {
      said.append("\n\n# Skills\n\nLoad a skill with load_skill before a task that it fits:");
      others.forEach(skill ->
          said.append("\n- ").append(skill.name()).append(": ").append(skill.description()));
    }
    return said.isEmpty() ? prompt : Optional.of((prompt.orElse("") + said).strip());
  }

  private static String text(String name, String agentName, Skills skills) {
    Optional<Skill> skill = skills.find(name);
    try {
      if (skill.isPresent()) {
        return skill.get().text();
      }
    } catch (IOException unreadable) {
      // Told below: what cannot be read is not there for the agent.
    }
    throw new Fault(
        FaultCode.INVALID_INPUT,
        "Agent \""
            + agentName
            + "\": the skill "
            + name
            + " cannot be read. Look at "
            + skill.map(found -> found.file().toString()).orElse("the skills folders")
            + ".");
  }
}
