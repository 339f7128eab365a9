package com.commaagents.tools.disk;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
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
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A folder as Java holds it, on systems with `openat`. A folder on the way that we may not list is
/// passed by path: with no right to list it, we have none to exchange its entries.
///
/// What it does not hold, because Java looks and opens in two steps and has no `mkdirat`: a file or
/// folder exchanged for a pipe between the two blocks the call until somebody opens the other end;
/// and who exchanges a parent for a link while a folder is made in it gets an empty folder
/// elsewhere, and the call fails.
final class PortableHold implements Hold {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final SecureDirectoryStream<Path> stream;

  private PortableHold(Path path, SecureDirectoryStream<Path> stream) {
    this.path = path;
    this.stream = stream;
  }

  static PortableHold open(Path absolute) throws IOException {
    Path at = absolute.getRoot();
    @Nullable PortableHold current = byPath(at);
    for (Path name : absolute) {
      at = at.resolve(name);
      current = step(current, at, at.equals(absolute));
    }
    return Objects.requireNonNull(current);
  }

  static PortableHold make(Path absolute) throws IOException {
    Path there = absolute;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = Objects.requireNonNull(there.getParent());
    }
    PortableHold current = open(there);
    for (Path name : there.relativize(absolute)) {
      // Of a path to itself the only name is empty.
      if (!name.toString().isEmpty()) {
        try (PortableHold parent = current) {
          current = parent.makeChild(name);
        }
      }
    }
    return current;
  }

  // Null where the folder may be passed but not listed; the next one is then opened by path.
  private static @Nullable PortableHold step(@Nullable PortableHold parent, Path path, boolean last)
      throws IOException {
    try (parent) {
      return parent == null ? byPath(path) : parent.child(path.getFileName());
    } catch (AccessDeniedException denied) {
      if (last) {
        throw denied;
      }
      return null;
    }
  }

  private static PortableHold byPath(Path path) throws IOException {
    if (!path.toRealPath().equals(path)) {
      throw new NotDirectoryException(path.toString());
    }
    return new PortableHold(path, listed(path));
  }

  /// Opens a folder to be listed; links are followed.
  ///
  /// @throws Fault UNSUPPORTED on a system without `openat`
  @SuppressWarnings("StreamResourceLeak") // What is made of it owns and closes it.
  static SecureDirectoryStream<Path> listed(Path path) throws IOException {
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

  @Override
  public PortableHold child(Path name) throws IOException {
    if (!facts(name).isDirectory()) {
      throw new NotDirectoryException(shown(name));
    }
    return new PortableHold(
        path.resolve(name), secure(stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)));
  }

  @Override
  public PortableHold makeChild(Path name) throws IOException {
    try {
      return child(name);
    } catch (NoSuchFileException missing) {
      try {
        Files.createDirectory(path.resolve(name));
      } catch (FileAlreadyExistsException meanwhile) {
        return child(name);
      }
      return child(name);
    }
  }

  @Override
  public OpenFile read(Path name) throws IOException {
    Facts facts = facts(name);
    if (!facts.isFile()) {
      throw new NotRegularFileException(shown(name), facts.kind());
    }
    return new OpenFile(facts, stream.newByteChannel(name, READ));
  }

  @Override
  public NewFile create(Path name) throws IOException {
    SeekableByteChannel channel =
        stream.newByteChannel(
            name,
            CREATE,
            PosixFilePermissions.asFileAttribute(
                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
    return new NewFile(channel, view(name), channel);
  }

  @Override
  public SecureDirectoryStream<Path> stream() {
    return stream;
  }

  private Facts facts(Path name) throws IOException {
    return Facts.of(view(name).readAttributes());
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
