package com.commaagents.tools.search;

import com.commaagents.tools.disk.FileReader;
import com.commaagents.tools.disk.Folder;
import com.commaagents.tools.disk.FolderItem;
import com.commaagents.tools.search.Frontier.Node;
import com.commaagents.tools.search.TreeWalk.Entry;
import com.commaagents.tools.search.TreeWalk.Visitor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder on the way of a walk, which is open until it is closed.
final class WalkFolder implements Closeable {
  private final Folder folder;
  private final Path relative;
  private final int depth;
  private boolean incomplete;
  private int uses;

  /// @param relative its path from where the walk began
  /// @param depth 1 for where the walk began
  WalkFolder(Folder folder, Path relative, int depth) {
    this.folder = folder;
    this.relative = relative;
    this.depth = depth;
  }

  /// Whether names were left out when it was listed.
  boolean isIncomplete() {
    return incomplete;
  }

  WalkFolder child(Entry entry) throws IOException {
    return new WalkFolder(folder.child(entry.item()), entry.relative(), depth + 1);
  }

  FileReader reader() {
    return folder.reader();
  }

  /// Lists it, once.
  <T> List<Node<T>> list(Visitor<T> visitor, int maxDepth) throws IOException {
    List<Node<T>> nodes = new ArrayList<>();
    List<FolderItem> items = folder.items(TreeWalk.MAX_IN_FOLDER + 1);
    incomplete = items.size() > TreeWalk.MAX_IN_FOLDER;
    for (FolderItem item : items.subList(0, Math.min(items.size(), TreeWalk.MAX_IN_FOLDER))) {
      Entry entry = new Entry(folder, item, relative.resolve(item.name()));
      nodes.add(item.isDirectory() ? folder(entry, visitor, maxDepth) : file(entry, visitor));
    }
    return nodes;
  }

  /// Notes that so much more in it is to be done with it open.
  void use(int more) {
    uses += more;
  }

  /// Notes that so much is done; returns whether it need not be open any more.
  boolean release(int done) {
    uses -= done;
    return uses == 0;
  }

  private <T> Node<T> folder(Entry entry, Visitor<T> visitor, int maxDepth) {
    boolean enters = visitor.enters(entry);
    boolean tooDeep = depth >= maxDepth;
    return new Node<>(
        entry,
        this,
        visitor.judge(entry),
        enters && !tooDeep,
        enters && tooDeep && depth >= TreeWalk.MAX_DEPTH);
  }

  private <T> Node<T> file(Entry entry, Visitor<T> visitor) {
    T judged = visitor.judge(entry);
    return new Node<>(entry, this, judged, visitor.needsReading(judged), false);
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
