package com.commaagents.tools.disk;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A folder that is held open, so that what is done in it is done in this folder whatever happens
/// to its path meanwhile.
///
/// INVARIANT: no link is ever followed. The way from the root to the folder is walked name by name
/// with `openat` and `O_NOFOLLOW`, and files are opened the same way; so a path that was resolved
/// and judged opens exactly what was judged, or fails. A folder on the way that we may not list is
/// passed by path: with no right to list it, we have none to exchange its entries.
///
/// What remains: a folder is made by path (Java has no `mkdirat`), so that somebody who exchanges a
/// parent for a link in that moment gets an empty folder elsewhere, and the call fails. A hard link
/// is the file itself. A file exchanged for a pipe between looking and opening blocks the call.
///
/// Needs a system with `openat` (Linux, macOS). Not thread-safe but for the calls that do not
/// iterate; closed by its owner.
public final class Directory implements Closeable {
  private final Path path;
  private final SecureDirectoryStream<Path> stream;

  private Directory(Path path, SecureDirectoryStream<Path> stream) {
    this.path = path;
    this.stream = stream;
  }

  /// Opens a folder by an absolute path that holds no link.
  ///
  /// @throws NoSuchFileException when a part is missing
  /// @throws NotDirectoryException when a part is no folder; a link is none
  /// @throws Fault UNSUPPORTED on a system without `openat`
  public static Directory open(Path absolute) throws IOException {
    Path at = absolute.getRoot();
    @Nullable Directory current = new Directory(at, byPath(at));
    for (Path name : absolute) {
      at = at.resolve(name);
      current = step(current, at, at.equals(absolute));
    }
    return Objects.requireNonNull(current);
  }

  /// As [#open], and makes what is missing.
  public static Directory make(Path absolute) throws IOException {
    Path there = absolute;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = Objects.requireNonNull(there.getParent());
    }
    Directory current = open(there);
    for (Path name : there.relativize(absolute)) {
      // Of a path to itself the only name is empty.
      if (!name.toString().isEmpty()) {
        try (Directory parent = current) {
          current = parent.makeChild(name);
        }
      }
    }
    return current;
  }

  // Null where the folder may be passed but not listed; the next one is then opened by path.
  private static @Nullable Directory step(@Nullable Directory parent, Path path, boolean last)
      throws IOException {
    try (parent) {
      return parent == null ? new Directory(path, byPath(path)) : parent.child(path.getFileName());
    } catch (AccessDeniedException denied) {
      if (last) {
        throw denied;
      }
      return null;
    }
  }

  @SuppressWarnings("StreamResourceLeak") // The directory that is made of it owns and closes it.
  private static SecureDirectoryStream<Path> byPath(Path path) throws IOException {
    if (!path.toRealPath().equals(path)) {
      throw new NotDirectoryException(path.toString());
    }
    return secure(Files.newDirectoryStream(path));
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
      throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new Fault(
        FaultCode.UNSUPPORTED, "File tools need a system that can open files relative to a folder");
  }

  public Path path() {
    return path;
  }

  /// Opens a folder of this one.
  ///
  /// @throws NotDirectoryException when the name is a link or anything else
  public Directory child(Path name) throws IOException {
    Facts facts = facts(name).orElseThrow(() -> new NoSuchFileException(shown(name)));
    if (!facts.isDirectory()) {
      throw new NotDirectoryException(shown(name));
    }
    return new Directory(
        path.resolve(name), secure(stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)));
  }

  /// As [#child], made where it is missing.
  public Directory makeChild(Path name) throws IOException {
    if (facts(name).isEmpty()) {
      try {
        Files.createDirectory(path.resolve(name));
      } catch (FileAlreadyExistsException meanwhile) {
        return child(name);
      }
    }
    return child(name);
  }

  /// What a name stands for; empty where there is none.
  public Optional<Facts> facts(Path name) throws IOException {
    try {
      return Optional.of(Facts.of(view(name).readAttributes()));
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  /// Opens a regular file to read.
  ///
  /// @throws NoSuchFileException when it is missing
  /// @throws NotRegularFileException when it is a folder, link, device, pipe or socket
  public SeekableByteChannel read(Path name) throws IOException {
    return read(name, facts(name).orElseThrow(() -> new NoSuchFileException(shown(name))));
  }

  /// As [#read], where somebody has just looked what the name stands for.
  public SeekableByteChannel read(Path name, Facts facts) throws IOException {
    if (!facts.isFile()) {
      throw new NotRegularFileException(shown(name), facts.kind());
    }
    return stream.newByteChannel(name, READ);
  }

  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  /// Makes a file that must not exist yet, not even as a link, with the usual permissions.
  public SeekableByteChannel create(Path name) throws IOException {
    return stream.newByteChannel(name, CREATE);
  }

  /// As [#create], for its owner only.
  public SeekableByteChannel createPrivate(Path name) throws IOException {
    return stream.newByteChannel(
        name,
        CREATE,
        PosixFilePermissions.asFileAttribute(
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
  }

  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  /// Gives a file the permissions and, where they differ and we may, the owner of another.
  public void dress(Path name, Facts as) throws IOException {
    PosixFileAttributeView view = view(name);
    PosixFileAttributes now = view.readAttributes();
    PosixFileAttributes wanted = as.attributes();
    if (!now.owner().equals(wanted.owner()) || !now.group().equals(wanted.group())) {
      try {
        view.setOwner(wanted.owner());
        view.setGroup(wanted.group());
      } catch (IOException _) {
        // Only the administrator gives files away; ours then stays ours, as with any editor.
      }
    }
    view.setPermissions(wanted.permissions());
  }

  /// Moves a name atomically, over what has the new name.
  ///
  /// @throws java.nio.file.AtomicMoveNotSupportedException when it is on another disk
  public void move(Path name, Directory target, Path targetName) throws IOException {
    stream.move(name, target.stream, targetName);
  }

  public void deleteFile(Path name) throws IOException {
    stream.deleteFile(name);
  }

  public void deleteDirectory(Path name) throws IOException {
    stream.deleteDirectory(name);
  }

  /// The names in it, sorted; at most `limit`, which of them is then not told. Once only.
  public List<Path> names(int limit) throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      for (Path entry : stream) {
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

  private PosixFileAttributeView view(Path name) {
    return stream.getFileAttributeView(
        name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private String shown(Path name) {
    return path.resolve(name).toString();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
