package com.commaagents.models.scripted;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/// What is wrong with a script, with file, line and field; all of it is told at once.
///
/// Limit: the first [#MAX_TOLD] are told, and how many more there are.
final class Problems {
  static final int MAX_TOLD = 20;

  private final Path file;
  private final List<String> told = new ArrayList<>();
  private int count;

  Problems(Path file) {
    this.file = file;
  }

  void add(Node node, String field, String what) {
    add(node.getStartMark().map(Mark::getLine).orElse(0) + 1, field + ": " + what);
  }

  /// @param line counted from 1
  void add(int line, String what) {
    count++;
    if (told.size() < MAX_TOLD) {
      told.add(file + " line " + line + ": " + what);
    }
  }

  /// @throws Fault `INVALID_INPUT` when there is a problem
  void throwIfAny() {
    if (count == 0) {
      return;
    }
    String more = count > told.size() ? "\n… and " + (count - told.size()) + " more" : "";
    throw new Fault(FaultCode.INVALID_INPUT, String.join("\n", told) + more);
  }
}
