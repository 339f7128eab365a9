package com.commaagents.packages.install;

import com.commaagents.packages.disk.PrivateTree;
import com.commaagents.strategy.installed.PackageName;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The folder of packages while it is changed. Used by one thread at a time.
///
/// All work is done in `.incoming` beside the scopes, on the same disk: `work/ID` is what is being
/// made or thrown away, `aside/@scope/name` the version that is being replaced.
///
/// INVARIANT: `aside` holds the only copy of a package exactly when that package's place is empty;
/// [#sweep] brings it back.
public final class PackageShelf {
  /// Where all work is done.
  public static final String INCOMING = ".incoming";

  private final Path packages;
  private final Path work;
  private final Path aside;

  public PackageShelf(Path packages) {
    this.packages = packages;
    this.work = packages.resolve(INCOMING).resolve("work");
    this.aside = packages.resolve(INCOMING).resolve("aside");
  }

  /// Undoes what a crash or a failure has left half done, and deletes all that was worked with.
  public void sweep() throws IOException {
    for (Path scope : children(aside)) {
      for (Path old : children(scope)) {
        Path place = packages.resolve(aside.relativize(old));
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
          move(old, place);
        }
      }
    }
    PrivateTree.delete(packages.resolve(INCOMING));
    for (Path scope : children(packages)) {
      deleteIfEmpty(scope);
    }
  }

  /// A new folder to work in.
  public Path begin(String id) throws IOException {
    PrivateTree.makeFolder(work);
    return Files.createDirectory(work.resolve(id));
  }

  /// Has a folder of the workplace be the package, in place of what it was.
  public void put(PackageName name, Path folder) throws IOException {
    Path place = name.in(packages);
    Path old = name.in(aside);
    PrivateTree.makeFolder(parent(place));
    PrivateTree.forceAll(folder);
    PrivateTree.delete(old);
    boolean replaces = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    if (replaces) {
      move(place, old);
    }
    boolean inPlace = false;
    try {
      move(folder, place);
      inPlace = true;
    } finally {
      if (!inPlace && replaces) {
        move(old, place);
      }
    }
    PrivateTree.delete(old);
  }

  /// Takes the package away; false where there is none.
  public boolean remove(PackageName name, String id) throws IOException {
    Path place = name.in(packages);
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    move(place, begin(id).resolve("removed"));
    deleteIfEmpty(parent(place));
    return true;
  }

  private static void move(Path from, Path to) throws IOException {
    PrivateTree.makeFolder(parent(to));
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    PrivateTree.force(parent(to));
    PrivateTree.force(parent(from));
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  private static void deleteIfEmpty(Path scope) throws IOException {
    if (!String.valueOf(scope.getFileName()).startsWith("@")) {
      return;
    }
    try {
      Files.delete(scope);
    } catch (DirectoryNotEmptyException | NoSuchFileException stays) {
      // That is what was asked.
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    List<Path> children = new ArrayList<>();
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(
              folder, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
        entries.forEach(children::add);
      }
    }
    return children;
  }
}
