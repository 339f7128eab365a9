package com.commaagents.tools.search;

import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.disk.Folder;
import com.commaagents.tools.disk.Facts;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.guard.Resolved;
import com.commaagents.tools.pattern.Glob;
import com.commaagents.tools.search.TreeWalk.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Finds names by a pattern over their path.
final class GlobFiles implements Action {
  private static final int USUAL_RESULTS = 1000;

  private final Guard guard;

  GlobFiles(Guard guard) {
    this.guard = guard;
  }

  @Override
  public String run(Arguments arguments, ToolCallContext context)
      throws ToolError, IOException, InterruptedException {
    String pattern = arguments.text("pattern");
    refuseEscapes(pattern);
    Resolved root = guard.admit(arguments.optionalText("root").orElse("."), Mode.READ, context);
    Glob glob = Glob.of(pattern);
    Matches matches =
        new Matches(
            glob,
            arguments.texts("excludeGlobs").stream().map(Glob::anywhere).toList(),
            arguments.integer("maxResults", USUAL_RESULTS));
    boolean complete;
    try (Folder folder = SearchRoot.open(root)) {
      complete = new TreeWalk<>(matches, glob.maxDepth()).walk(folder);
    }
    int count = matches.lines.size();
    StringBuilder out =
        new StringBuilder(
            "Matched %d %s for glob \"%s\" under \"%s\""
                .formatted(
                    count,
                    count == 1 ? "entry" : "entries",
                    Printable.name(pattern),
                    root.shown()));
    if (matches.full) {
      out.append(" (more were left out: set maxResults or a narrower pattern)");
    } else if (!complete) {
      out.append(" (incomplete: not everything could be looked at; set a deeper root)");
    }
    out.append(count == 0 ? "." : ":");
    matches.lines.forEach(line -> out.append("\n  ").append(line));
    return out.toString();
  }

  private static void refuseEscapes(String pattern) throws ToolError {
    if (pattern.startsWith("/") || Arrays.asList(pattern.split("/", -1)).contains("..")) {
      throw new ToolError(
          ErrorKind.OUTSIDE_WORKSPACE,
          "A pattern is relative to root and does not go up: " + Printable.name(pattern),
          "put the folder into root and the rest into pattern.");
    }
  }

  private static final class Matches implements TreeWalk.Visitor<Boolean> {
    private final Glob glob;
    private final List<Glob> excludes;
    private final int limit;
    private final List<String> lines = new ArrayList<>();
    private boolean full;

    Matches(Glob glob, List<Glob> excludes, int limit) {
      this.glob = glob;
      this.excludes = excludes;
      this.limit = limit;
    }

    @Override
    public Boolean judge(Entry entry) {
      return glob.matches(entry.relative()) && !isExcluded(entry);
    }

    @Override
    public boolean visit(Entry entry, Boolean matched) {
      if (!matched) {
        return true;
      }
      if (lines.size() >= limit) {
        full = true;
        return false;
      }
      String kind =
          entry.item().kind() == Facts.Kind.OTHER
              ? "special"
              : entry.item().kind().name().toLowerCase(Locale.ROOT);
      lines.add(Printable.name(entry.relative().toString()) + " (" + kind + ")");
      return true;
    }

    private boolean isExcluded(Entry entry) {
      String name = entry.item().name().toString();
      boolean made =
          entry.item().isDirectory() && DefaultExcludes.contains(name) && !glob.names(name);
      return made || excludes.stream().anyMatch(exclude -> exclude.matches(entry.relative()));
    }

    @Override
    public boolean enters(Entry folder) {
      return !isExcluded(folder);
    }
  }
}
