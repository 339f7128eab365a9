package com.commaagents.bench.tools;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.tool.ToolSession.Verdict;
import com.commaagents.tools.BuiltInTools;
import com.commaagents.tools.ToolSettings;
import com.commaagents.tools.trash.Trash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The built-in tools for a measurement, and the end of what it wrote.
final class Tooling {
  private Tooling() {}

  private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

  static BuiltInTools registry(Path home) {
    IdGenerator ids = IdGenerator.random();
    ToolSettings settings = new ToolSettings(Map.of("PATH", PATH), Set.of(), home, Verdict.ALLOW);
    return new BuiltInTools(
        settings, Clock.system(), ids, new Trash(Clock.system(), ids), List.of());
  }

  static void remove(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
