package com.commaagents.tools.search;

import com.commaagents.tools.disk.FileReader;
import com.commaagents.tools.disk.Folder;
import com.commaagents.tools.search.TreeWalk.Entry;
import com.commaagents.tools.search.TreeWalk.Visitor;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a walk has come to know but not handed on: a list of entries in order, in which some
/// folders have not been listed and some files have not been read yet.
///
/// Folders are held open as long as something in them is to be listed or read. Used by one thread;
/// what is done with a node, [Node#expand] and [#read], is done on others, between [#next] and
/// [#done].
///
/// Limits: past [#MAX_OPEN] open folders, or [#MAX_AHEAD] entries, only the foremost folder is
/// listed; files of [#MAX_BYTES] in all are read at once.
final class Frontier<T> implements AutoCloseable {
  static final int MAX_OPEN = 128;
  static final int MAX_AHEAD = 20_000;
  static final long MAX_BYTES = 64 << 20;

  private final Visitor<T> visitor;
  private final int maxDepth;
  private final Set<WalkFolder> open = new LinkedHashSet<>();
  private List<Node<T>> underWay = List.of();
  private @Nullable Node<T> head;
  private int waiting;

  Frontier(Visitor<T> visitor, int maxDepth) {
    this.visitor = visitor;
    this.maxDepth = maxDepth;
  }

  /// What is to be done at once, each in order.
  record Round<T>(List<Node<T>> folders, List<Node<T>> toRead) {}

  /// An entry and what is known of it.
  static final class Node<T> {
    private final Entry entry;
    private final WalkFolder in;
    private T judged;
    private boolean pending;
    private boolean done;
    private boolean incomplete;
    private @Nullable WalkFolder inside;
    private List<Node<T>> children = List.of();
    private @Nullable Node<T> next;

    /// @param pending whether it is to be listed or read; its folder is held open for that
    Node(Entry entry, WalkFolder in, T judged, boolean pending, boolean incomplete) {
      this.entry = entry;
      this.in = in;
      this.judged = judged;
      this.pending = pending;
      this.incomplete = incomplete;
    }

    Entry entry() {
      return entry;
    }

    WalkFolder folder() {
      return in;
    }

    T judged() {
      return judged;
    }

    /// Whether not everything of it could be seen.
    boolean isIncomplete() {
      return incomplete;
    }

    /// Lists a folder; returns whether it could be.
    boolean expand(Visitor<T> visitor, int maxDepth) throws IOException {
      done = true;
      try {
        WalkFolder folder = in.child(entry);
        inside = folder;
        children = folder.list(visitor, maxDepth);
        incomplete |= folder.isIncomplete();
        if (uses(children) == 0) {
          folder.close();
        }
        return true;
      } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException passed) {
        incomplete = true;
        return false;
      }
    }
  }

  /// Reads files that stand in one folder; returns how many.
  static <T> int read(List<Node<T>> files, Visitor<T> visitor) throws IOException {
    try (FileReader reader = files.getFirst().in.reader()) {
      for (Node<T> file : files) {
        file.judged = visitor.read(file.entry, file.judged, reader);
        file.done = true;
      }
    }
    return files.size();
  }

  /// Lists the folder in which the walk begins; returns whether names were left out.
  boolean begin(Folder root) throws IOException {
    WalkFolder folder = new WalkFolder(root, Path.of(""), 1);
    List<Node<T>> nodes = folder.list(visitor, maxDepth);
    insert(nodes, null);
    // One use more than there are, because it is not ours to close.
    folder.use(uses(nodes) + 1);
    return folder.isIncomplete();
  }

  boolean isEmpty() {
    return head == null;
  }

  /// Whether everything is known of the foremost entry.
  boolean isReady() {
    return head != null && !head.pending;
  }

  /// Takes the foremost entry out.
  Node<T> take() {
    Node<T> taken = Objects.requireNonNull(head);
    head = taken.next;
    waiting--;
    return taken;
  }

  /// The foremost folders that are to be listed and files that are to be read. Folders behind more
  /// files than that have time.
  Round<T> next(int maxFolders, int maxFiles) {
    Round<T> round = new Round<>(new ArrayList<>(), new ArrayList<>());
    int folders = isFull() ? 1 : Math.clamp(MAX_OPEN - open.size(), 1, maxFolders);
    long bytes = 0;
    for (Node<T> node = head; node != null; node = node.next) {
      if (round.toRead.size() == maxFiles || bytes > MAX_BYTES) {
        break;
      }
      if (!node.pending) {
        continue;
      }
      if (!node.entry.item().isDirectory()) {
        bytes += Math.max(0, node.entry.item().size());
        round.toRead.add(node);
      } else if (round.folders.size() < folders) {
        round.folders.add(node);
      }
    }
    underWay = new ArrayList<>(round.folders);
    underWay.addAll(round.toRead);
    return round;
  }

  /// Whether no more is listed than must be.
  boolean isFull() {
    return waiting >= MAX_AHEAD;
  }

  /// Takes over what was found out about them.
  void done() throws IOException {
    takeFolders();
    for (Node<T> node : underWay) {
      if (!node.done) {
        continue;
      }
      node.pending = false;
      WalkFolder inside = node.inside;
      if (inside != null) {
        insert(node.children, node);
        inside.use(uses(node.children));
        release(inside, 0);
      }
      node.children = List.of();
      release(node.in, 1);
    }
    underWay = List.of();
  }

  private void takeFolders() {
    for (Node<T> node : underWay) {
      if (node.inside != null) {
        open.add(node.inside);
      }
    }
  }

  private void insert(List<Node<T>> nodes, @Nullable Node<T> after) {
    Node<T> next = after == null ? head : after.next;
    for (Node<T> node : nodes.reversed()) {
      node.next = next;
      next = node;
    }
    if (after == null) {
      head = next;
    } else {
      after.next = next;
    }
    waiting += nodes.size();
  }

  private static <T> int uses(List<Node<T>> nodes) {
    return (int) nodes.stream().filter(node -> node.pending).count();
  }

  private void release(WalkFolder folder, int uses) throws IOException {
    if (folder.release(uses)) {
      open.remove(folder);
      folder.close();
    }
  }

  @Override
  public void close() throws IOException {
    takeFolders();
    for (WalkFolder folder : open) {
      folder.close();
    }
  }
}
