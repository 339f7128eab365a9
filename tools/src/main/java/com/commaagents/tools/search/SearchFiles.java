package com.commaagents.tools.search;

import com.commaagents.base.time.Clock;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.disk.Directory;
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
    LineMatcher matcher = LineMatcher.of(mode, query);
    Resolved root = guard.admit(arguments.optionalText("root").orElse("."), Mode.READ, context);
    long deadlineNanos = clock.nanos() + MAX_TIME.toNanos();
    FileFilter filter =
        new FileFilter(globs(arguments, "includeGlobs"), globs(arguments, "excludeGlobs"), guard);
    int limit = arguments.integer("maxResults", USUAL_RESULTS);
    Found found =
        mode.equals("path")
            ? new FoundPaths(query, filter, limit)
            : new FoundLines(
                filter,
                limit,
                arguments.integer("contextLines", 0),
                line -> matcher.finds(line, clock, deadlineNanos));
    boolean complete = walk(root, found, deadlineNanos, query);
    return text(found, complete, query, root, filter);
  }

  private static List<Glob> globs(Arguments arguments, String name) {
    return arguments.texts(name).stream().map(Glob::anywhere).toList();
  }

  private boolean walk(Resolved root, Found found, long deadlineNanos, String query)
      throws ToolError, IOException, InterruptedException {
    TreeWalk.Visitor timed =
        new TreeWalk.Visitor() {
          @Override
          public boolean visit(TreeWalk.Entry entry)
              throws IOException, ToolError, InterruptedException {
            BoundedText.check(clock, deadlineNanos);
            return found.visit(entry);
          }

          @Override
          public boolean enters(TreeWalk.Entry folder) {
            return found.enters(folder);
          }
        };
    try (Directory directory = Directory.open(root.path())) {
      return new TreeWalk(timed, TreeWalk.MAX_DEPTH).walk(directory);
    } catch (BoundedText.Stopped stopped) {
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

  private static String text(
      Found found, boolean complete, String query, Resolved root, FileFilter filter) {
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
    if (filter.withheld() > 0) {
      out.append(" (")
          .append(filter.withheld())
          .append(" protected files were not searched; read_file asks for one)");
    }
    if (found.skipped() > 0) {
      out.append(" (").append(found.skipped()).append(" files too large to search)");
    }
    return out.append(count == 0 ? "." : ":").append(found.text()).toString();
  }
}
