package com.commaagents.strategy.skill;

import java.io.IOException;
import java.nio.file.Path;

/// Something an agent can learn when it needs it.
///
/// @param description what it is good for, in one line
/// @param file its `SKILL.md`, absolute
public record Skill(String name, String description, Path file) {
  /// What it says, without the front matter; read anew each time.
  ///
  /// @throws IOException when it is not there any more, or is no skill any more
  public String text() throws IOException {
    return switch (SkillFile.read(file)) {
      case SkillFile.Read(var _, var _, String text) -> text;
      case SkillFile.Unusable(String why) -> throw new IOException(why);
    };
  }
}
