package com.commaagents.tools.search;

import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolSession.Mode;
import com.commaagents.tools.call.Action;
import com.commaagents.tools.call.Arguments;
import com.commaagents.tools.disk.Folder;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.guard.Guard;
import com.commaagents.tools.guard.Resolved;
import com.commaagents.tools.search.TreeWalk.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Lists a folder. Limit: [#MAX_LISTED] names; the answer says where it is incomplete.
final class ListDirectory implements Action {
  static final int MAX_LISTED = 5000;
  private static final int USUAL_DEPTH = 8;

  private final Guard guard;

  ListDirectory(Guard guard) {
    this.guard = guard;
  }

  @Override
  public String run(Arguments arguments, ToolCallContext context)
      throws ToolError, IOException, InterruptedException {
    Resolved listed = guard.admit(arguments.text("path"), Mode.READ, context);
    boolean recursive = arguments.flag("recursive");
    Listing listing = new Listing(arguments.flag("includeHidden"), recursive);
    int depth = recursive ? arguments.integer("maxDepth", USUAL_DEPTH) : 1;
    boolean complete;
    try (Folder folder = SearchRoot.open(listed)) {
      complete = new TreeWalk<>(listing, depth).walk(folder) && !listing.full;
    }
    int count = listing.lines.size();
    String head = "Listed " + listed.shown() + " — " + count + (count == 1 ? " entry" : " entries");
    return head
        + (complete ? "" : " (incomplete: list a folder in it, or use glob)")
        + "\n"
        + String.join("\n", listing.lines);
  }

  private static final class Listing implements TreeWalk.Visitor<Boolean> {
    private final List<String> lines = new ArrayList<>();
    private final boolean hidden;
    private final boolean recursive;
    private boolean full;

    Listing(boolean hidden, boolean recursive) {
      this.hidden = hidden;
      this.recursive = recursive;
    }

    @Override
    public Boolean judge(Entry entry) {
      return shows(entry);
    }

    @Override
    public boolean visit(Entry entry, Boolean shown) {
      if (lines.size() >= MAX_LISTED) {
        full = true;
        return false;
      }
      if (shown) {
        lines.add(Printable.name(entry.relative().toString()) + suffix(entry));
      }
      return true;
    }

    private boolean shows(Entry entry) {
      return hidden || !entry.item().name().toString().startsWith(".");
    }

    private static String suffix(Entry entry) {
      return switch (entry.item().kind()) {
        case FILE -> "";
        case DIRECTORY -> "/";
        case LINK -> " (link)";
        case OTHER -> " (special)";
      };
    }

    @Override
    public boolean enters(Entry folder) {
      return recursive
          && shows(folder)
          && !DefaultExcludes.contains(folder.item().name().toString());
    }
  }
}
