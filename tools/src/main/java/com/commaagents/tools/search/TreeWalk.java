package com.commaagents.tools.search;

import com.commaagents.base.task.TaskScope;
import com.commaagents.tools.disk.FileReader;
import com.commaagents.tools.disk.Folder;
import com.commaagents.tools.disk.FolderItem;
import com.commaagents.tools.search.Frontier.Node;
import com.commaagents.tools.search.Frontier.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// Walks a folder and all below it, names in order; links are seen, not followed.
///
/// The visitor is told of the entries one after the other, in order, on the caller's thread. What
/// takes time, listing folders and reading files, is done ahead of that, in rounds: each round does
/// the next few folders and files of the [Frontier] at once, on virtual threads, and only then are
/// entries handed on. Rounds begin small and grow, so that a walk that ends soon has done little
/// for nothing, and each of their tasks is short, so that other runs have their turn.
///
/// Limits: [#MAX_ENTRIES] names in all, [#MAX_IN_FOLDER] in one folder, [#MAX_DEPTH] folders deep;
/// at one of them the walk goes on or ends without the rest and says that it is incomplete. Folders
/// that vanish or may not be read are passed over the same way.
final class TreeWalk<T> {
  static final int MAX_ENTRIES = 200_000;
  static final int MAX_IN_FOLDER = 50_000;
  static final int MAX_DEPTH = 64;

  private static final int FIRST_ROUND = 4;
  private static final int LARGEST_ROUND = 64;
  private static final int FILES_PER_FOLDER = 16;
  private static final int FILES_IN_TASK = 32;

  private final Visitor<T> visitor;
  private final int maxDepth;
  private int seen;
  private boolean incomplete;

  TreeWalk(Visitor<T> visitor, int maxDepth) {
    this.visitor = visitor;
    this.maxDepth = Math.min(maxDepth, MAX_DEPTH);
  }

  /// What happens at each name. All but [#visit] is called on several threads at once, ahead of the
  /// visit, and for entries that are never visited; it must not change anything.
  ///
  /// @param <T> what is known of an entry before it is visited
  interface Visitor<T> {
    /// Judges an entry by its name; reads nothing.
    T judge(Entry entry);

    /// Whether to go into a folder.
    boolean enters(Entry folder);

    /// Whether [#read] is to judge further.
    default boolean needsReading(T judged) {
      return false;
    }

    /// Judges a file by its content.
    default T read(Entry file, T judged, FileReader reader) throws IOException {
      return judged;
    }

    /// @param entry its folder may be closed
    /// @return whether the walk goes on
    boolean visit(Entry entry, T judged);
  }

  /// A name on the way.
  ///
  /// @param relative its path from where the walk began
  record Entry(Folder folder, FolderItem item, Path relative) {
    Path absolute() {
      return folder.path().resolve(item.name());
    }
  }

  /// Walks; returns whether everything was seen that was to be seen. What a visitor's method throws
  /// ends the walk.
  ///
  /// @param root stays open
  boolean walk(Folder root) throws IOException, InterruptedException {
    try (Frontier<T> frontier = new Frontier<>(visitor, maxDepth)) {
      incomplete |= frontier.begin(root);
      int folders = FIRST_ROUND;
      while (hand(frontier)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        doAhead(frontier, folders);
        folders = Math.min(2 * folders, LARGEST_ROUND);
      }
      return !incomplete;
    }
  }

  // Hands on what is ready; returns whether there is more to come.
  private boolean hand(Frontier<T> frontier) {
    while (frontier.isReady()) {
      Node<T> node = frontier.take();
      if (++seen > MAX_ENTRIES) {
        incomplete = true;
        return false;
      }
      if (!visitor.visit(node.entry(), node.judged())) {
        return false;
      }
      incomplete |= node.isIncomplete();
    }
    return !frontier.isEmpty();
  }

  private void doAhead(Frontier<T> frontier, int folders) throws IOException, InterruptedException {
    Round<T> round = frontier.next(folders, folders * FILES_PER_FOLDER);
    List<Callable<?>> tasks = new ArrayList<>();
    for (Node<T> folder : round.folders()) {
      tasks.add(() -> folder.expand(visitor, maxDepth));
    }
    for (List<Node<T>> files : parts(round.toRead())) {
      tasks.add(() -> Frontier.read(files, visitor));
    }
    TaskScope.all("search", tasks);
    frontier.done();
  }

  // Files of one folder each.
  private static <T> List<List<Node<T>>> parts(List<Node<T>> files) {
    List<List<Node<T>>> parts = new ArrayList<>();
    for (int from = 0, to = 0; from < files.size(); from = to) {
      while (to < files.size()
          && to - from < FILES_IN_TASK
          && files.get(to).folder().equals(files.get(from).folder())) {
        to++;
      }
      parts.add(files.subList(from, to));
    }
    return parts;
  }
}
