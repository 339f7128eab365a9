package com.commaagents.tools.disk;

import com.commaagents.base.fault.Fault;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A folder that is held open, so that what is done in it is done in this folder whatever happens
/// to its path meanwhile.
///
/// INVARIANT: no link is ever followed. The way from the root to the folder is walked name by name
/// with `openat` and `O_NOFOLLOW`, and files are opened the same way; so a path that was resolved
/// and judged opens exactly what was judged, or fails. On Linux that holds against whoever
/// exchanges names at any moment, and no call waits for anybody ([LinuxHold]); what other systems
/// do not hold is told at [PortableHold].
///
/// What remains: a hard link is the file itself. Who may write in a folder may exchange a file
/// between its making and its last name.
///
/// Needs a system with `openat` (Linux, macOS). Not thread-safe but for the calls that do not
/// iterate; closed by its owner.
public final class Directory implements Closeable {
  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final Hold hold;

  private Directory(Path path, Hold hold) {
    this.path = path;
    this.hold = hold;
  }

  /// Opens a folder by an absolute path that holds no link.
  ///
  /// @throws NoSuchFileException when a part is missing
  /// @throws NotDirectoryException when a part is no folder; a link is none
  /// @throws Fault UNSUPPORTED on a system without `openat`
  public static Directory open(Path absolute) throws IOException {
    return open(LinuxFiles.find(), absolute);
  }

  static Directory open(Optional<LinuxFiles> linux, Path absolute) throws IOException {
    return new Directory(absolute, Hold.open(linux, absolute));
  }

  /// As [#open], and makes what is missing.
  public static Directory make(Path absolute) throws IOException {
    return make(LinuxFiles.find(), absolute);
  }

  static Directory make(Optional<LinuxFiles> linux, Path absolute) throws IOException {
    return new Directory(absolute, Hold.make(linux, absolute));
  }

  public Path path() {
    return path;
  }

  /// Opens a folder of this one.
  ///
  /// @throws NotDirectoryException when the name is a link or anything else
  public Directory child(Path name) throws IOException {
    return new Directory(path.resolve(name), hold.child(name));
  }

  /// As [#child], made where it is missing.
  public Directory makeChild(Path name) throws IOException {
    return new Directory(path.resolve(name), hold.makeChild(name));
  }

  /// What a name stands for; empty where there is none.
  public Optional<Facts> facts(Path name) throws IOException {
    PosixFileAttributeView view =
        hold.stream()
            .getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    try {
      return Optional.of(Facts.of(view.readAttributes()));
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  /// Opens a regular file to read.
  ///
  /// @throws NoSuchFileException when it is missing
  /// @throws NotRegularFileException when it is a folder, link, device, pipe or socket
  public OpenFile read(Path name) throws IOException {
    return hold.read(name);
  }

  /// Makes a file that must not exist yet, not even as a link, with the usual permissions.
  public void create(Path name) throws IOException {
    hold.stream().newByteChannel(name, CREATE).close();
  }

  /// As [#create], for its owner only, to be written.
  NewFile createPrivate(Path name) throws IOException {
    return hold.create(name);
  }

  /// Moves a name atomically, over what has the new name.
  ///
  /// @throws java.nio.file.AtomicMoveNotSupportedException when it is on another disk
  public void move(Path name, Directory target, Path targetName) throws IOException {
    hold.stream().move(name, target.hold.stream(), targetName);
  }

  public void deleteFile(Path name) throws IOException {
    hold.stream().deleteFile(name);
  }

  public void deleteDirectory(Path name) throws IOException {
    hold.stream().deleteDirectory(name);
  }

  /// The names in it, sorted; at most `limit`, which of them is then not told. Once only.
  public List<Path> names(int limit) throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      for (Path entry : hold.stream()) {
        if (names.size() == limit) {
          break;
        }
        names.add(entry.getFileName());
      }
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public void close() throws IOException {
    hold.close();
  }
}
