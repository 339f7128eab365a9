package com.commaagents.cli.config;

import com.commaagents.base.fault.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.StringNode;

/// Reads the sources of the settings, the weaker first, and collects what is wrong in them.
final class SettingsSources {
  private SettingsSources() {}

  static DaemonSettings.Legible read(Place place, Flags flags) {
    Path dataDirectory = place.dataDirectory();
    SettingsDraft draft = new SettingsDraft(dataDirectory);
    List<String> problems = new ArrayList<>();
    Path file = file(place);
    SettingsFile.read(file, place, draft, problems);
    readEnvironment(place, draft, problems);
    draft.apply(flags);
    DaemonSettings settings = draft.finish();
    if (problems.isEmpty()) {
      settings.unguarded().ifPresent(problems::add);
    }
    return new DaemonSettings.Legible(settings, problems);
  }

  /// Where the settings are written down.
  static Path file(Place place) {
    return place
        .variable(SettingsTable.CONFIG_FILE_VARIABLE)
        .map(text -> place.resolve(place.workingDirectory(), text))
        .orElseGet(() -> place.dataDirectory().resolve("daemon.json"));
  }

  private static void readEnvironment(Place place, SettingsDraft draft, List<String> problems) {
    for (SettingsTable.Row row : SettingsTable.ROWS) {
      row.variable()
          .flatMap(place::variable)
          .ifPresent(text -> apply(row, text, place, draft, problems));
    }
  }

  private static void apply(
      SettingsTable.Row row, String text, Place place, SettingsDraft draft, List<String> problems) {
    String where = "Environment variable " + row.variable().orElseThrow();
    try {
      row.setter()
          .set(
              draft,
              new SettingValue(
                  where, StringNode.valueOf(text), true, place.workingDirectory(), place));
    } catch (Fault wrong) {
      problems.add(wrong.message());
    }
  }
}
