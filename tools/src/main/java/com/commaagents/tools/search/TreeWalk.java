package com.commaagents.tools.search;

import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.Facts;
import com.commaagents.tools.failure.ToolError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/// Walks a folder and all below it, names in order; links are seen, not followed.
///
/// Limits: [#MAX_ENTRIES] names in all, [#MAX_IN_FOLDER] in one folder, [#MAX_DEPTH] folders deep;
/// at one of them the walk goes on or ends without the rest and says that it is incomplete. Folders
/// that vanish or may not be read are passed over the same way.
final class TreeWalk {
  static final int MAX_ENTRIES = 200_000;
  static final int MAX_IN_FOLDER = 50_000;
  static final int MAX_DEPTH = 64;

  private final Visitor visitor;
  private final int maxDepth;
  private int seen;
  private boolean stopped;
  private boolean incomplete;

  TreeWalk(Visitor visitor, int maxDepth) {
    this.visitor = visitor;
    this.maxDepth = Math.min(maxDepth, MAX_DEPTH);
  }

  /// What happens at each name.
  interface Visitor {
    /// @param entry in its open folder
    /// @return whether the walk goes on
    boolean visit(Entry entry) throws IOException, ToolError, InterruptedException;

    /// Whether to go into a folder.
    boolean enters(Entry folder);
  }

  /// A name on the way.
  ///
  /// @param relative its path from where the walk began
  record Entry(Directory directory, Path name, Path relative, Facts facts) {
    Path absolute() {
      return directory.path().resolve(name);
    }
  }

  /// Walks; returns whether everything was seen that was to be seen.
  boolean walk(Directory root) throws IOException, ToolError, InterruptedException {
    walk(root, Path.of(""), 1);
    return !incomplete;
  }

  private void walk(Directory directory, Path relative, int depth)
      throws IOException, ToolError, InterruptedException {
    for (Path name : directory.names(MAX_IN_FOLDER)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (stopped) {
        return;
      }
      if (++seen > MAX_ENTRIES) {
        incomplete = true;
        stopped = true;
        return;
      }
      Optional<Facts> facts = directory.facts(name);
      if (facts.isPresent()) {
        visit(new Entry(directory, name, relative.resolve(name), facts.get()), depth);
      }
    }
  }

  private void visit(Entry entry, int depth) throws IOException, ToolError, InterruptedException {
    if (!visitor.visit(entry)) {
      stopped = true;
      return;
    }
    if (!entry.facts().isDirectory() || !visitor.enters(entry)) {
      return;
    }
    if (depth >= maxDepth) {
      incomplete |= depth >= MAX_DEPTH;
      return;
    }
    try (Directory child = entry.directory().child(entry.name())) {
      walk(child, entry.relative(), depth + 1);
    } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException passed) {
      incomplete = true;
    }
  }
}
