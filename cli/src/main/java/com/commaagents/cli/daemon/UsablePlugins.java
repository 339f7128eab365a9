package com.commaagents.cli.daemon;

import com.commaagents.engine.plugin.CommaPlugin;
import com.commaagents.runs.Extensions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The plug-ins of a data folder that go together, the first by the names of their jars.
///
/// @param extensions what they add
/// @param problems why others are left out, one line each
public record UsablePlugins(
    List<CommaPlugin> plugins, Extensions extensions, List<String> problems) {
  public UsablePlugins {
    plugins = List.copyOf(plugins);
    problems = List.copyOf(problems);
  }

  /// Loads them, which runs code of theirs.
  ///
  /// @param toolNames those that are taken
  public static UsablePlugins of(Path dataFolder, Set<String> toolNames) {
    PluginJars.Found found = PluginJars.load(dataFolder);
    List<String> problems = new ArrayList<>(found.problems());
    List<CommaPlugin> used = new ArrayList<>();
    Extensions extensions = Extensions.NONE;
    for (CommaPlugin plugin : found.plugins()) {
      used.add(plugin);
      try {
        extensions = Extensions.of(used).requireFree(toolNames);
      } catch (IllegalArgumentException taken) {
        problems.add("the plug-in " + plugin.name() + " is left out: " + taken.getMessage());
        used.removeLast();
      }
    }
    return new UsablePlugins(used, extensions, problems);
  }
}
