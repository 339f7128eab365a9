package com.commaagents.cli.care;

import com.commaagents.base.fault.Fault;
import com.commaagents.cli.daemon.UsablePlugins;
import com.commaagents.packages.care.PackageCare;
import com.commaagents.packages.care.PackageFinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What a data folder adds to the program: plug-ins and packages.
final class AddedCode {
  private final Path data;

  AddedCode(Path data) {
    this.data = data;
  }

  /// Loads the plug-ins as a daemon does: whether one can be used is known by nothing less.
  ///
  /// @param toolNames those that the program has itself
  Check plugins(Set<String> toolNames) {
    Path folder = data.resolve("plugins");
    UsablePlugins found = UsablePlugins.of(data, toolNames);
    int count = found.plugins().size();
    return new Check(
        "plug-ins",
        count == 0 ? "none" : count + " in " + folder,
        found.problems().stream()
            .map(what ->
                Problem.forPerson(
                    "plug-in", folder.toString(), what, "mend the jar, or take it away"))
            .toList());
  }

  /// @param idle whether no daemon can be changing them
  Check packages(boolean idle) {
    Path folder = data.resolve("packages");
    PackageCare care = new PackageCare(data);
    try {
      int count = care.count();
      return new Check(
          "packages",
          count == 0 ? "none" : count + " in " + folder,
          care.examine(idle).stream().map(AddedCode::problem).toList());
    } catch (Fault unreadable) {
      return Check.unsound(
          "packages",
          Problem.forPerson(
              "package", folder.toString(), unreadable.message(), "see to its owner and its mode"));
    }
  }

  private static Problem problem(PackageFinding finding) {
    return finding.repairable()
        ? Problem.repairable("package", finding.where(), finding.what(), finding.remedy())
        : Problem.forPerson(
            "package", finding.where().toString(), finding.what(), finding.remedy());
  }

  /// Nobody else may change the packages meanwhile.
  void repairPackages(List<String> told) {
    try {
      new PackageCare(data).repair();
    } catch (Fault refused) {
      told.add(refused.message());
    } catch (IOException refused) {
      told.add(data.resolve("packages") + " cannot be repaired: " + refused.getMessage());
    }
  }
}
