package com.commaagents.tools.search;

import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.Facts;
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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a walk has come to know but not handed on: a list of entries in order, in which some
/// folders have not been listed and some files have not been read yet.
///
/// Folders are held open as long as something in them is to be listed or read. Used by one thread;
/// only [Node#expand] and [Node#read] are called on others, each node's once, between [#next] and
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
  private final Set<Folder> open = new LinkedHashSet<>();
  private List<Node<T>> underWay = List.of();
  private @Nullable Node<T> head;
  private int waiting;

  Frontier(Visitor<T> visitor, int maxDepth) {
    this.visitor = visitor;
    this.maxDepth = maxDepth;
  }

  /// A folder that is held open for what is still to be done in it.
  private static final class Folder {
    private final Directory directory;
    private final int depth;
    private int uses;

    Folder(Directory directory, int depth) {
      this.directory = directory;
      this.depth = depth;
    }
  }

  /// An entry and what is known of it.
  static final class Node<T> {
    private final Entry entry;
    private final Folder in;
    private T judged;
    private boolean pending;
    private boolean incomplete;
    private @Nullable Folder inside;
    private final List<Node<T>> children = new ArrayList<>();
    private @Nullable Node<T> next;

    private Node(Entry entry, Folder in, T judged, boolean pending, boolean incomplete) {
      this.entry = entry;
      this.in = in;
      this.judged = judged;
      this.pending = pending;
      this.incomplete = incomplete;
    }

    Entry entry() {
      return entry;
    }

    T judged() {
      return judged;
    }

    /// Whether not everything in it, a folder, could be seen.
    boolean isIncomplete() {
      return incomplete;
    }

    /// Lists a folder; returns whether it could be.
    boolean expand(Visitor<T> visitor, int maxDepth) throws IOException {
      try {
        Folder folder = new Folder(entry.directory().child(entry.name()), in.depth + 1);
        inside = folder;
        incomplete |= list(folder, entry.relative(), visitor, maxDepth, children);
        return true;
      } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException passed) {
        incomplete = true;
        return false;
      }
    }

    void read(Visitor<T> visitor) throws IOException {
      judged = visitor.read(entry, judged);
    }
  }

  // Returns whether names were left out.
  private static <T> boolean list(
      Folder folder, Path relative, Visitor<T> visitor, int maxDepth, List<Node<T>> nodes)
      throws IOException {
    Directory directory = folder.directory;
    List<Path> names = directory.names(TreeWalk.MAX_IN_FOLDER + 1);
    for (Path name : names.subList(0, Math.min(names.size(), TreeWalk.MAX_IN_FOLDER))) {
      Optional<Facts> facts = directory.facts(name);
      if (facts.isPresent()) {
        Entry entry = new Entry(directory, name, relative.resolve(name), facts.get());
        nodes.add(node(entry, folder, visitor, maxDepth));
      }
    }
    return names.size() > TreeWalk.MAX_IN_FOLDER;
  }

  private static <T> Node<T> node(Entry entry, Folder folder, Visitor<T> visitor, int maxDepth) {
    T judged = visitor.judge(entry);
    if (!entry.facts().isDirectory()) {
      return new Node<>(entry, folder, judged, visitor.needsReading(judged), false);
    }
    boolean enters = visitor.enters(entry);
    boolean tooDeep = folder.depth >= maxDepth;
    return new Node<>(
        entry,
        folder,
        judged,
        enters && !tooDeep,
        enters && tooDeep && folder.depth >= TreeWalk.MAX_DEPTH);
  }

  /// Lists the folder in which the walk begins; returns whether names were left out.
  boolean begin(Directory root) throws IOException {
    Folder folder = new Folder(root, 1);
    List<Node<T>> nodes = new ArrayList<>();
    boolean incomplete = list(folder, Path.of(""), visitor, maxDepth, nodes);
    insert(nodes, null);
    // One use more than there are, because it is not ours to close.
    folder.uses = uses(nodes) + 1;
    return incomplete;
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

  /// The foremost folders that are to be listed and files that are to be read.
  List<Node<T>> next(int maxFolders, int maxFiles) {
    List<Node<T>> next = new ArrayList<>();
    int folders = waiting < MAX_AHEAD ? Math.clamp(MAX_OPEN - open.size(), 1, maxFolders) : 1;
    int files = maxFiles;
    long bytes = 0;
    for (Node<T> node = head; node != null && (folders > 0 || files > 0); node = node.next) {
      if (!node.pending) {
        continue;
      }
      if (node.entry.facts().isDirectory()) {
        if (folders-- > 0) {
          next.add(node);
        }
      } else if (files > 0 && bytes <= MAX_BYTES) {
        files--;
        bytes += node.entry.facts().size();
        next.add(node);
      }
    }
    underWay = next;
    return next;
  }

  /// Takes over what was found out about them.
  void done() throws IOException {
    takeFolders();
    for (Node<T> node : underWay) {
      node.pending = false;
      Folder inside = node.inside;
      if (inside != null) {
        insert(node.children, node);
        inside.uses = uses(node.children);
        release(inside, 0);
      }
      node.children.clear();
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

  private void release(Folder folder, int uses) throws IOException {
    folder.uses -= uses;
    if (folder.uses == 0) {
      open.remove(folder);
      folder.directory.close();
    }
  }

  @Override
  public void close() throws IOException {
    takeFolders();
    for (Folder folder : open) {
      folder.directory.close();
    }
  }
}
