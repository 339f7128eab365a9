package com.commaagents.cli.care;

import com.commaagents.base.json.Json;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.words.Size;
import com.commaagents.runs.care.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Looks at the data folder and the two files that people write into it. What they hold is read and
/// never told: of a setting that is wrong only the place.
///
/// Limits: less than [#LEAST_FREE_BYTES] of disk space is a problem; a larger file of credentials
/// than [#MAX_BYTES] is.
final class DataFiles {
  static final int LEAST_FREE_BYTES = 64 << 20;
  static final int MAX_BYTES = 1 << 20;

  private static final Pattern PLACE = Pattern.compile("(?s)^(.*?:\\d+:\\d+): .*");
  private static final Pattern VARIABLE = Pattern.compile("(?s)^(Environment variable \\w+): .*");

  private DataFiles() {}

  static Check folder(Path folder) {
    if (!Files.exists(folder)) {
      return Check.sound("data folder", folder + ", not made yet");
    }
    return new Check("data folder", folder.toString(), mode(folder));
  }

  /// @param faults what is wrong with the settings, a line each; empty when nothing is
  static Check settings(Path file, List<String> faults, boolean holdsToken) {
    List<Problem> problems = new ArrayList<>();
    for (String fault : faults) {
      problems.add(
          Problem.forPerson(
              "settings",
              place(file, fault),
              "not as it should be",
              "comma daemon status says what is expected"));
    }
    // A token in a file that others can read is none.
    if (holdsToken && Files.exists(file)) {
      problems.addAll(mode(file));
    }
    return new Check("daemon.json", Files.exists(file) ? file.toString() : "none", problems);
  }

  private static String place(Path file, String fault) {
    for (Pattern pattern : List.of(PLACE, VARIABLE)) {
      var matcher = pattern.matcher(fault);
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    return file.toString();
  }

  static Check credentials(Path file) {
    if (!Files.exists(file)) {
      return Check.sound("credentials.json", "none");
    }
    List<Problem> problems = new ArrayList<>(mode(file));
    try {
      boolean readable =
          Files.size(file) <= MAX_BYTES
              && Json.parse(Files.readAllBytes(file)).filter(JsonNode::isObject).isPresent();
      if (!readable) {
        problems.add(
            Problem.forPerson(
                "credentials", file.toString(), "no JSON object", "mend it, or set the keys anew"));
      }
    } catch (IOException refused) {
      problems.add(
          Problem.forPerson(
              "unreadable", file.toString(), "cannot be read", "see to its owner and its mode"));
    }
    return new Check("credentials.json", file.toString(), problems);
  }

  static Check space(DaemonSettings settings) {
    try {
      Path there = existing(settings.runsDirectory());
      long free = Files.getFileStore(there).getUsableSpace();
      return new Check(
          "disk space",
          Size.shown(free) + " free",
          free >= LEAST_FREE_BYTES
              ? List.of()
              : List.of(
                  Problem.forPerson(
                      "disk-space",
                      there.toString(),
                      "less than " + Size.shown(LEAST_FREE_BYTES) + " free",
                      "make room; comma runs prune helps")));
    } catch (IOException unknown) {
      return Check.sound("disk space", "not known");
    }
  }

  private static Path existing(Path path) {
    Path there = path;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  /// Whether others are let in.
  static List<Problem> mode(Path path) {
    try {
      return Permissions.isWrong(path)
          ? List.of(
              Problem.repairable(
                  "open-to-others",
                  path,
                  "its mode is " + Permissions.shown(path) + ", not the owner's alone",
                  "let only the owner in"))
          : List.of();
    } catch (IOException refused) {
      return List.of(
          Problem.forPerson(
              "unreadable", path.toString(), "its mode cannot be read", "see to its owner"));
    }
  }
}
