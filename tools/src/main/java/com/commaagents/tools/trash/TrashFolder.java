package com.commaagents.tools.trash;

import com.commaagents.base.json.Json;
import com.commaagents.tools.disk.Content;
import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.Facts;
import com.commaagents.tools.failure.ToolError;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The trash of one workspace on disk: `.comma/trash/ENTRY/{content,metadata.json}`.
///
/// An entry counts when both files are there; half ones are what a crash left, and go with a clear.
/// No link is followed anywhere in it.
final class TrashFolder {
  static final int MAX_ENTRIES = 10_000;
  static final Path CONTENT = Path.of("content");
  static final Path METADATA = Path.of("metadata.json");
  private static final Path COMMA = Path.of(".comma");
  private static final Path TRASH = Path.of("trash");
  private static final int MAX_DEPTH = 32;

  private TrashFolder() {}

  static Path of(Path cwd) {
    return cwd.resolve(COMMA).resolve(TRASH);
  }

  static Directory make(Path cwd) throws IOException {
    try (Directory root = Directory.open(cwd);
        Directory comma = root.makeChild(COMMA)) {
      return comma.makeChild(TRASH);
    }
  }

  /// The folder, or empty where there is none.
  static Optional<Directory> find(Path cwd) throws IOException {
    try (Directory root = Directory.open(cwd);
        Directory comma = root.child(COMMA)) {
      return Optional.of(comma.child(TRASH));
    } catch (NoSuchFileException | NotDirectoryException none) {
      return Optional.empty();
    }
  }

  /// All entries, oldest first.
  static List<TrashEntry> entries(Path cwd) throws IOException {
    List<TrashEntry> entries = new ArrayList<>();
    Optional<Directory> found = find(cwd);
    if (found.isEmpty()) {
      return entries;
    }
    try (Directory trash = found.get()) {
      for (Path name : trash.names(MAX_ENTRIES)) {
        entry(trash, name).ifPresent(entries::add);
      }
    }
    return entries;
  }

  static Optional<TrashEntry> entry(Directory trash, Path name) throws IOException {
    if (trash.facts(name).filter(Facts::isDirectory).isEmpty()) {
      return Optional.empty();
    }
    try (Directory entry = trash.child(name)) {
      Optional<Facts> content = entry.facts(CONTENT).filter(Facts::isFile);
      if (content.isEmpty()) {
        return Optional.empty();
      }
      long size = content.get().size();
      return Json.parse(Content.read(entry, METADATA).bytes())
          .flatMap(TrashEntry.Metadata::of)
          .map(metadata -> new TrashEntry(entry.path(), metadata, size));
    } catch (ToolError | FileSystemException unreadable) {
      return Optional.empty();
    }
  }

  /// Deletes a name with all in it; returns the bytes of its files.
  static long delete(Directory parent, Path name, int depth) throws IOException {
    Optional<Facts> facts = parent.facts(name);
    if (facts.isEmpty()) {
      return 0;
    }
    if (!facts.get().isDirectory()) {
      parent.deleteFile(name);
      return facts.get().isFile() ? facts.get().size() : 0;
    }
    if (depth > MAX_DEPTH) {
      throw new FileSystemException(name.toString(), "", "too many folders in one another");
    }
    long freed = 0;
    try (Directory folder = parent.child(name)) {
      for (Path child : folder.names(MAX_ENTRIES)) {
        freed += delete(folder, child, depth + 1);
      }
    }
    parent.deleteDirectory(name);
    return freed;
  }
}
