package com.commaagents.cli.care;

import com.commaagents.base.json.Json;
import com.commaagents.runs.care.Finding;
import java.nio.file.Path;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/// Something that is wrong.
///
/// @param kind for programs
/// @param subject a file, or what else is meant
/// @param line of a file, from 1
/// @param offset of the line's first byte
/// @param remedy what a repair does, or what a person should do
/// @param repairable whether a repair can do it
record Problem(
    String kind,
    String subject,
    OptionalLong line,
    OptionalLong offset,
    String what,
    String remedy,
    boolean repairable) {
  static Problem of(Finding finding) {
    return new Problem(
        finding.kind().label(),
        finding.file().toString(),
        finding.line(),
        finding.offset(),
        finding.what(),
        finding.kind().remedy(),
        finding.kind().repairable());
  }

  /// One that a person has to see to.
  static Problem forPerson(String kind, String subject, String what, String remedy) {
    return new Problem(
        kind, subject, OptionalLong.empty(), OptionalLong.empty(), what, remedy, false);
  }

  /// One that a repair can put right.
  static Problem repairable(String kind, Path file, String what, String remedy) {
    return new Problem(
        kind, file.toString(), OptionalLong.empty(), OptionalLong.empty(), what, remedy, true);
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("kind", kind).put("subject", subject);
    line.ifPresent(number -> json.put("line", number));
    offset.ifPresent(bytes -> json.put("offset", bytes));
    return json.put("what", what).put("remedy", remedy).put("repairable", repairable);
  }

  /// Two lines, the second what is to be done.
  ///
  /// @param folder in which files are named without it
  String text(Path folder) {
    String prefix = folder + "/";
    StringBuilder text =
        new StringBuilder("    ")
            .append(subject.startsWith(prefix) ? subject.substring(prefix.length()) : subject);
    line.ifPresent(number -> text.append(", line ").append(number));
    offset.ifPresent(bytes -> text.append(", byte ").append(bytes));
    return text.append("\n      ")
        .append(what)
        .append(repairable ? " → " : "; ")
        .append(remedy)
        .append('\n')
        .toString();
  }
}
