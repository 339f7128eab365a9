package com.commaagents.tools.search;

import com.commaagents.tools.disk.FolderItem;
import com.commaagents.tools.search.Frontier.Node;
import com.commaagents.tools.search.TreeWalk.Entry;
import com.commaagents.tools.search.TreeWalk.Visitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a walk puts files through a sieve rather than read them all.
///
/// A sieve costs its start, so many files go through it at once. One that lets through more than
/// one file in [#SELECTIVE], or cannot tell, is given up.
///
/// Limit: at once the folders whose paths have [#MAX_CHARACTERS] in all.
final class Sifting<T> {
  static final int MAX_CHARACTERS = 256 << 10;

  private static final int SELECTIVE = 4;
  // Fewer wait for what else is listed; and fewer than that are read.
  private static final int WORTHWHILE = 8_000;
  private static final int LEAST = 500;

  private final Optional<Sieve> sieve;
  private final Visitor<T> visitor;
  private boolean begun;
  private boolean over;

  Sifting(Optional<Sieve> sieve, Visitor<T> visitor) {
    this.sieve = sieve;
    this.visitor = visitor;
  }

  /// Whether files are to go through the sieve from now on.
  boolean isOn() {
    begun |= visitor.wantsSieve();
    return begun && !over && sieve.isPresent();
  }

  static boolean isWorthwhile(int files) {
    return files >= WORTHWHILE;
  }

  /// Puts files through the sieve. Those of which it cannot speak, and all where there are few, are
  /// left to be read; those for which there was no place are left to be sifted. Returns whether the
  /// sieve is of use.
  boolean sift(List<Node<T>> files) throws InterruptedException {
    Map<WalkFolder, List<Node<T>>> byFolder = new LinkedHashMap<>();
    for (Node<T> file : files) {
      byFolder.computeIfAbsent(file.folder(), _ -> new ArrayList<>()).add(file);
    }
    List<Node<T>> sifted = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    int characters = 0;
    for (Map.Entry<WalkFolder, List<Node<T>>> some : byFolder.entrySet()) {
      WalkFolder folder = some.getKey();
      if (files.size() < LEAST || !isFit(folder)) {
        some.getValue().forEach(file -> file.sift(false, visitor));
      } else if ((characters += folder.relative().toString().length() + 1) <= MAX_CHARACTERS) {
        folders.add(folder.relative());
        sifted.addAll(some.getValue());
      }
    }
    if (!folders.isEmpty()) {
      sift(sifted, folders);
    }
    return !over;
  }

  private boolean isFit(WalkFolder folder) {
    return folder.isMostlyToBeRead() && sieve.orElseThrow().knows(folder.relative());
  }

  private void sift(List<Node<T>> files, List<Path> folders) throws InterruptedException {
    Sieve through = sieve.orElseThrow();
    Optional<Set<String>> named = through.mayHold(folders, files.size() / SELECTIVE);
    over = named.isEmpty();
    for (Node<T> file : files) {
      Path path = file.entry().relative();
      boolean ruledOut =
          named.isPresent()
              && through.knows(path)
              && !named.get().contains(path.toString())
              && isSmallEnough(file.entry());
      file.sift(ruledOut, visitor);
    }
  }

  // Larger ones are not looked at by the sieve, but told of by the search. Where the size was not
  // asked for with the name, the folder is still open.
  private static boolean isSmallEnough(Entry file) {
    try {
      long size = file.item().size();
      long known = size == FolderItem.UNKNOWN ? file.folder().size(file.item()) : size;
      return known <= FoundLines.MAX_FILE_BYTES;
    } catch (IOException gone) {
      return false;
    }
  }
}
