package com.commaagents.tools.trash;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.base.time.Timestamps;
import com.commaagents.tools.disk.AtomicFile;
import com.commaagents.tools.disk.Directory;
import com.commaagents.tools.disk.Facts;
import com.commaagents.tools.failure.Printable;
import com.commaagents.tools.failure.ToolError;
import com.commaagents.tools.guard.PathResolver;
import com.commaagents.tools.guard.Resolved;
import com.commaagents.tools.trash.TrashEntry.Metadata;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Deleted files of workspaces, each in `<workspace>/.comma/trash`, to list, bring back and clear.
///
/// INVARIANT: nothing outside a workspace's trash folder is listed, restored or cleared: names are
/// checked, and no link is followed.
///
/// Limits: [#MAX_ENTRIES] entries in a workspace; a further deletion is refused. Thread-safe.
public final class Trash {
  public static final int MAX_ENTRIES = TrashFolder.MAX_ENTRIES;
  private static final Path IGNORE = Path.of(".gitignore");

  private final Clock clock;
  private final IdGenerator ids;
  private final AtomicFile files;
  private final TrashIndex index;

  /// A trash that remembers its workspaces as long as the process lives.
  public Trash(Clock clock, IdGenerator ids) {
    this(clock, ids, Optional.empty());
  }

  /// @param indexFile where the workspaces that have a trash are remembered, for example
  ///   `<dataDir>/trash-workspaces.json`; made when it is needed
  public Trash(Clock clock, IdGenerator ids, Optional<Path> indexFile) {
    this.clock = clock;
    this.ids = ids;
    files = new AtomicFile(ids);
    index = new TrashIndex(indexFile, ids);
  }

  /// A workspace that has something in its trash, oldest first.
  public record Workspace(Path cwd, List<TrashEntry> entries) {
    public Workspace {
      entries = List.copyOf(entries);
    }
  }

  /// A file that is back.
  ///
  /// @param from its entry's path
  public record Restored(Path restored, Path from) {}

  /// What a clear did away with.
  public record Cleared(int cleared, long bytesFreed) {}

  /// Lists one workspace, or all that are known; those with nothing in the trash are left out.
  ///
  /// @throws Fault PERSISTENCE when the disk cannot be read
  public List<Workspace> list(Optional<Path> cwd) throws InterruptedException {
    return onDisk(() -> {
      List<Workspace> workspaces = new ArrayList<>();
      for (Path workspace : wanted(cwd)) {
        List<TrashEntry> entries = TrashFolder.entries(workspace);
        if (!entries.isEmpty()) {
          workspaces.add(new Workspace(workspace, entries));
        }
      }
      return workspaces;
    });
  }

  /// Moves a file into the trash of a workspace.
  ///
  /// @param from the folder it is in
  /// @param name a regular file in it
  /// @throws Fault LIMIT_EXCEEDED when the trash is full
  public TrashEntry put(
      Path cwd, Directory from, Path name, String sha256, String runId, String agentName)
      throws IOException {
    Facts facts = from.facts(name).orElseThrow();
    Metadata metadata =
        new Metadata(
            clock.now(),
            from.path().resolve(name).toString(),
            sha256,
            Optional.of(runId),
            Optional.of(agentName));
    try (Directory trash = TrashFolder.make(cwd)) {
      refuseWhenFull(trash);
      ignore(trash);
      Path entryName = entryName(metadata);
      Directory made = trash.makeChild(entryName);
      boolean done = false;
      try (Directory entry = made) {
        files.create(entry, TrashFolder.METADATA, Json.writeBytes(metadata.json()));
        move(from, name, entry, TrashFolder.CONTENT);
        done = true;
        index.add(cwd);
        return new TrashEntry(entry.path(), metadata, facts.size());
      } finally {
        if (!done) {
          TrashFolder.delete(trash, entryName, 0);
        }
      }
    }
  }

  private static void refuseWhenFull(Directory trash) throws IOException {
    if (trash.names(MAX_ENTRIES + 1).size() > MAX_ENTRIES) {
      throw new Fault(
          FaultCode.LIMIT_EXCEEDED,
          "The trash of this workspace is full. Clear it, or delete with permanent: true");
    }
  }

  private Path entryName(Metadata metadata) {
    String stamp = Timestamps.format(metadata.trashedAt()).replace(':', '-');
    return Path.of(stamp + "-" + ids.next());
  }

  // The trash is nobody's source: version control must not pick it up.
  private void ignore(Directory trash) throws IOException {
    if (trash.facts(IGNORE).isEmpty()) {
      files.create(trash, IGNORE, "*\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void move(Directory from, Path name, Directory to, Path newName) throws IOException {
    try {
      from.move(name, to, newName);
    } catch (AtomicMoveNotSupportedException otherDisk) {
      files.copy(from, name, to, newName);
      from.deleteFile(name);
    }
  }

  /// An entry of a workspace's trash.
  ///
  /// @param trashPath as listed, or relative to the workspace
  /// @throws Fault NOT_FOUND when it is none
  public TrashEntry entry(Path cwd, String trashPath) throws InterruptedException {
    return onDisk(() -> {
      Path workspace = real(cwd);
      Optional<Directory> found = TrashFolder.find(workspace);
      if (found.isEmpty()) {
        throw unknown(workspace, trashPath);
      }
      try (Directory trash = found.get()) {
        return entryName(workspace, trashPath)
            .flatMap(name -> entry(trash, name))
            .orElseThrow(() -> unknown(workspace, trashPath));
      }
    });
  }

  private static Optional<TrashEntry> entry(Directory trash, Path name) {
    try {
      return TrashFolder.entry(trash, name);
    } catch (IOException unreadable) {
      throw new Fault(FaultCode.PERSISTENCE, "The trash entry cannot be read: " + name, unreadable);
    }
  }

  // The single name below the trash folder that a path means.
  private static Optional<Path> entryName(Path workspace, String trashPath) {
    try {
      Path folder = TrashFolder.of(workspace);
      Path path = workspace.resolve(trashPath).normalize();
      Path name = path.startsWith(folder) ? folder.relativize(path) : Path.of("");
      boolean whole = name.getNameCount() == 1 && !name.toString().isEmpty();
      boolean content = name.getNameCount() == 2 && name.endsWith(TrashFolder.CONTENT);
      return whole || content ? Optional.of(name.getName(0)) : Optional.empty();
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
  }

  private static Fault unknown(Path workspace, String trashPath) {
    return new Fault(
        FaultCode.NOT_FOUND,
        "Not in the trash of "
            + workspace
            + ": "
            + Printable.name(trashPath)
            + ". List the trash for the paths it holds");
  }

  /// Brings a file back to where it was, or to another place.
  ///
  /// @param targetPath absolute, or relative to the workspace; empty: where it was
  /// @throws Fault NOT_FOUND when the entry is unknown; CONFLICT when the place is taken;
  ///   INVALID_INPUT when the file came from outside the workspace and no target is named, because
  ///   what is written in a workspace must not decide about files outside it; PERSISTENCE when the
  ///   disk refuses
  public Restored restore(Path cwd, String trashPath, Optional<String> targetPath)
      throws InterruptedException {
    TrashEntry entry = entry(cwd, trashPath);
    Path workspace = onDisk(() -> real(cwd));
    try {
      Resolved target =
          PathResolver.resolve(workspace, targetPath.orElse(entry.metadata().originalPath()));
      if (targetPath.isEmpty() && !target.path().startsWith(workspace)) {
        throw new Fault(
            FaultCode.INVALID_INPUT,
            "The file was outside the workspace, at "
                + target.shown()
                + ". Name a targetPath to restore it");
      }
      return restoreTo(entry, target);
    } catch (ToolError noTarget) {
      throw new Fault(FaultCode.INVALID_INPUT, noTarget.message(), noTarget);
    }
  }

  /// Brings a file back to a path that has been resolved; folders on the way are made.
  ///
  /// @throws Fault NOT_FOUND, CONFLICT or PERSISTENCE as [#restore]
  public Restored restoreTo(TrashEntry entry, Resolved target) throws InterruptedException {
    return onDisk(() -> {
      try (Directory trash = Directory.open(entry.path().resolve("..").normalize());
          Directory from = trash.child(entry.path().getFileName());
          Directory to = Directory.make(target.folder())) {
        if (target.isLink() || to.facts(target.name()).isPresent()) {
          throw new Fault(
              FaultCode.CONFLICT,
              "There is something at " + target.shown() + ". Move it away or name another path");
        }
        AtomicFile.reserve(to, target.name());
        moveOver(from, to, target);
        from.deleteFile(TrashFolder.METADATA);
        trash.deleteDirectory(entry.path().getFileName());
      }
      return new Restored(target.path(), entry.path());
    });
  }

  private void moveOver(Directory from, Directory to, Resolved target) throws IOException {
    boolean done = false;
    try {
      move(from, TrashFolder.CONTENT, to, target.name());
      done = true;
    } finally {
      if (!done) {
        to.deleteFile(target.name());
      }
    }
  }

  /// Deletes for good what is in the trash of one workspace, or of all that are known.
  ///
  /// @throws Fault PERSISTENCE when the disk refuses
  public Cleared clear(Optional<Path> cwd) throws InterruptedException {
    return onDisk(() -> {
      int cleared = 0;
      long freed = 0;
      for (Path workspace : wanted(cwd)) {
        Optional<Directory> found = TrashFolder.find(workspace);
        if (found.isEmpty()) {
          continue;
        }
        try (Directory trash = found.get()) {
          for (Path name : trash.names(MAX_ENTRIES)) {
            if (!name.equals(IGNORE)) {
              cleared += TrashFolder.entry(trash, name).isPresent() ? 1 : 0;
              freed += TrashFolder.delete(trash, name, 0);
            }
          }
        }
      }
      return new Cleared(cleared, freed);
    });
  }

  private List<Path> wanted(Optional<Path> cwd) throws IOException {
    if (cwd.isEmpty()) {
      return index.workspaces();
    }
    return Files.isDirectory(cwd.get()) ? List.of(real(cwd.get())) : List.of();
  }

  private static Path real(Path cwd) throws IOException {
    try {
      return cwd.toRealPath();
    } catch (java.nio.file.NoSuchFileException missing) {
      throw new Fault(FaultCode.NOT_FOUND, "There is no folder " + cwd, missing);
    }
  }

  private interface DiskWork<T> {
    T run() throws IOException, InterruptedException;
  }

  private static <T> T onDisk(DiskWork<T> work) throws InterruptedException {
    try {
      return work.run();
    } catch (ClosedByInterruptException stopped) {
      throw new InterruptedException("interrupted in the trash");
    } catch (IOException failed) {
      throw new Fault(
          FaultCode.PERSISTENCE, "The trash cannot be read or changed: " + failed, failed);
    }
  }
}
