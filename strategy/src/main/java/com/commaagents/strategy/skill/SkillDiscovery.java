package com.commaagents.strategy.skill;

import com.commaagents.strategy.skill.Skills.Warning;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds skills: `<cwd>/.comma/skills/*/SKILL.md`, then `<data folder>/skills/*/SKILL.md`; the
/// first of a name wins. What a workspace holds must lie in it, links resolved: a cloned repository
/// shall not show an agent other files. Thread-safe; reads anew each time.
///
/// Limits: [#MAX_SKILLS] of a place; those of [SkillFile].
public final class SkillDiscovery {
  /// Of one place; of more, some are left out with a warning.
  public static final int MAX_SKILLS = 200;

  private final Path dataFolder;

  public SkillDiscovery(Path dataFolder) {
    this.dataFolder = dataFolder;
  }

  /// What there is for somebody who works in `workingFolder`.
  public Skills in(Path workingFolder) {
    Map<String, Skill> byName = new HashMap<>();
    List<Warning> warnings = new ArrayList<>();
    Path workspace = workingFolder.resolve(".comma").resolve("skills");
    look(workspace, workingFolder, byName, warnings);
    look(dataFolder.resolve("skills"), Path.of("/"), byName, warnings);
    return byName.isEmpty() && warnings.isEmpty() ? Skills.NONE : new Skills(byName, warnings);
  }

  private static void look(
      Path place, Path bounds, Map<String, Skill> byName, List<Warning> warnings) {
    for (Path file : files(place, warnings)) {
      try {
        if (!file.toRealPath().startsWith(bounds.toRealPath())) {
          warnings.add(new Warning(file, "it is a link that leads out of the workspace"));
          continue;
        }
        switch (SkillFile.read(file)) {
          case SkillFile.Read(String name, String description, var _) ->
              byName.putIfAbsent(name, new Skill(name, description, file));
          case SkillFile.Unusable(String why) -> warnings.add(new Warning(file, why));
        }
      } catch (NoSuchFileException noSkill) {
        // A folder without one.
      } catch (IOException unreadable) {
        warnings.add(new Warning(file, "it cannot be read"));
      }
    }
  }

  private static List<Path> files(Path place, List<Warning> warnings) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
      for (Path entry : entries) {
        if (files.size() == MAX_SKILLS) {
          warnings.add(
              new Warning(
                  place, "only " + MAX_SKILLS + " folders are looked at; move what is not needed"));
          break;
        }
        if (Files.isDirectory(entry)) {
          files.add(entry.resolve("SKILL.md").toAbsolutePath());
        }
      }
    } catch (NoSuchFileException | NotDirectoryException nothingThere) {
      return List.of();
    } catch (IOException | DirectoryIteratorException unreadable) {
      warnings.add(new Warning(place, "the folder cannot be listed"));
    }
    files.sort(null);
    return files;
  }
}
