package com.commaagents.tools.search;

import com.commaagents.base.time.Clock;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.disk.Folder;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.guard.Resolved;
import com.commaagents.tools.pattern.Glob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Searches names or contents, in the order of the paths.
///
/// Limits: [#MAX_TIME] for the whole search; the rest as in [FoundLines] and [TreeWalk].
final class SearchFiles implements Action {
  static final Duration MAX_TIME = Duration.ofSeconds(10);
  private static final int USUAL_RESULTS = 100;

  private final Guard guard;
  private final Clock clock;

  SearchFiles(Guard guard, Clock clock) {
    this.guard = guard;
    this.clock = clock;
  }

  @Override
  public String run(Arguments arguments, ToolCallContext context)
      throws ToolError, IOException, InterruptedException {
    String mode = arguments.text("mode");
    String query = arguments.text("query");
    TimeLimit time = new TimeLimit(clock, MAX_TIME);
    Needle needle = Needle.of(mode, query, time);
    Resolved root = guard.admit(arguments.optionalText("root").orElse("."), Mode.READ, context);
    FileFilter filter =
        new FileFilter(globs(arguments, "includeGlobs"), globs(arguments, "excludeGlobs"), guard);
    int limit = arguments.integer("maxResults", USUAL_RESULTS);
    Found<?> found =
        mode.equals("path")
            ? new FoundPaths(query, filter, limit, time)
            : new FoundLines(filter, limit, arguments.integer("contextLines", 0), needle);
    boolean complete = walk(root, found, query);
    return text(found, complete, query, root);
  }

  private static List<Glob> globs(Arguments arguments, String name) {
    return arguments.texts(name).stream().map(Glob::anywhere).toList();
  }

  private static <T> boolean walk(Resolved root, Found<T> found, String query)
      throws ToolError, IOException, InterruptedException {
    try (Folder folder = SearchRoot.open(root)) {
      return new TreeWalk<>(found, TreeWalk.MAX_DEPTH).walk(folder);
    } catch (TimeLimit.Stopped stopped) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new ToolError(
          ErrorKind.TIMEOUT,
          "Searching for "
              + Printable.name(query)
              + " took longer than "
              + MAX_TIME.toSeconds()
              + " s",
          "use a simpler query, a deeper root, or includeGlobs.");
    }
  }

  private static String text(Found<?> found, boolean complete, String query, Resolved root) {
    int count = found.count();
    StringBuilder out =
        new StringBuilder(
            "Found %d %s for \"%s\" under \"%s\""
                .formatted(
                    count, count == 1 ? "match" : "matches", Printable.name(query), root.shown()));
    if (found.isFull()) {
      out.append(" (more were left out: set maxResults or a narrower query)");
    } else if (!complete) {
      out.append(" (incomplete: not everything could be looked at)");
    }
    if (found.withheld() > 0) {
      out.append(" (")
          .append(found.withheld())
          .append(" protected files were not searched; read_file asks for one)");
    }
    if (found.skipped() > 0) {
      out.append(" (").append(found.skipped()).append(" files too large to search, or unreadable)");
    }
    return out.append(count == 0 ? "." : ":").append(found.text()).toString();
  }
}
