package com.commaagents.tools.guard;

import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.engine.tool.ToolSession.PolicyPatch;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.pattern.Glob;
import com.commaagents.tools.pattern.Wildcard;
import com.commaagents.tools.shell.ShellScript;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A change of policy, ready to judge. A denial weighs more than a permission of the same patch.
record PatchRule(
    int number,
    Mode mode,
    List<Glob> allowedPaths,
    List<Glob> deniedPaths,
    List<Wildcard> allowedLines,
    List<Wildcard> deniedLines,
    Optional<Verdict> otherwise) {
  PatchRule {
    allowedPaths = List.copyOf(allowedPaths);
    deniedPaths = List.copyOf(deniedPaths);
    allowedLines = List.copyOf(allowedLines);
    deniedLines = List.copyOf(deniedLines);
  }

  static PatchRule of(int number, PolicyPatch patch) {
    return new PatchRule(
        number,
        patch.mode(),
        patch.allow().stream().map(Glob::of).toList(),
        patch.deny().stream().map(Glob::of).toList(),
        patch.allow().stream().map(Wildcard::of).toList(),
        patch.deny().stream().map(Wildcard::of).toList(),
        patch.otherwise());
  }

  String name() {
    return (mode == Mode.READ ? "read" : "write") + "-path-policy-update-" + number;
  }

  Optional<Verdict> judge(Access access) {
    if (mode != access.mode()) {
      return Optional.empty();
    }
    if (fits(deniedPaths, access)) {
      return Optional.of(Verdict.DENY);
    }
    return fits(allowedPaths, access) ? Optional.of(Verdict.ALLOW) : Optional.empty();
  }

  // INVARIANT: a relative pattern never fits a path outside the workspace.
  private static boolean fits(List<Glob> patterns, Access access) {
    Path absolute = access.path().getRoot().relativize(access.path());
    return patterns.stream()
        .anyMatch(pattern ->
            pattern.isAbsolute()
                ? pattern.matches(absolute)
                : access.isInside() && pattern.matches(access.local()));
  }

  /// A denial holds for every command in the line; a permission only for a line that is one
  /// command, so that `git *` does not let `git status; curl …` through.
  Optional<Verdict> judge(String line, ShellScript script) {
    if (mode != Mode.WRITE) {
      return Optional.empty();
    }
    if (deniedLines.stream()
        .anyMatch(pattern ->
            pattern.matches(line) || script.commands().stream().anyMatch(pattern::matches))) {
      return Optional.of(Verdict.DENY);
    }
    boolean allowed = allowedLines.stream().anyMatch(pattern -> pattern.matches(line));
    return allowed && script.isOneCommand() ? Optional.of(Verdict.ALLOW) : Optional.empty();
  }

  /// What it says of an address of the web; fetching is reading.
  Optional<Verdict> judge(String address) {
    if (mode != Mode.READ) {
      return Optional.empty();
    }
    if (deniedLines.stream().anyMatch(pattern -> pattern.matches(address))) {
      return Optional.of(Verdict.DENY);
    }
    return allowedLines.stream().anyMatch(pattern -> pattern.matches(address))
        ? Optional.of(Verdict.ALLOW)
        : Optional.empty();
  }
}
