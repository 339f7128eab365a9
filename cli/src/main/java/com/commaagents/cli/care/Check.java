package com.commaagents.cli.care;

import com.commaagents.base.json.Json;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// One thing that was looked at.
///
/// @param detail what was found, in a few words
public record Check(String name, String detail, List<Problem> problems) {
  private static final int WIDTH = 18;

  public Check {
    problems = List.copyOf(problems);
  }

  static Check sound(String name, String detail) {
    return new Check(name, detail, List.of());
  }

  static Check unsound(String name, Problem problem) {
    return new Check(name, "", List.of(problem));
  }

  public boolean isSound() {
    return problems.isEmpty();
  }

  /// How many problems it has.
  public int count() {
    return problems.size();
  }

  /// How many of its problems a repair can put right.
  public int repairable() {
    return (int) problems.stream().filter(Problem::repairable).count();
  }

  public ObjectNode json() {
    ObjectNode json = Json.object().put("name", name).put("sound", isSound()).put("detail", detail);
    var list = json.putArray("problems");
    problems.forEach(problem -> list.add(problem.json()));
    return json;
  }

  /// For people: a line, and two for each problem.
  ///
  /// @param folder in which files are named without it
  public String text(Path folder) {
    StringBuilder text = new StringBuilder();
    text.append(isSound() ? "✓ " : "✗ ").append(name).append(" ".repeat(WIDTH - name.length()));
    text.append(detail).append('\n');
    problems.forEach(problem -> text.append(problem.text(folder)));
    return text.toString();
  }
}
