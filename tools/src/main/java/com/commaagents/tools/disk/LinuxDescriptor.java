package com.commaagents.tools.disk;

import static com.commaagents.tools.disk.LinuxErrors.checked;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// Something that Linux holds open for us: whatever happens to its name, it stays what it is.
///
/// Opening follows no link and waits for nobody. Closed by its owner.
final class LinuxDescriptor implements Closeable {
  private static final Path ROOT = Path.of("/");
  private static final byte[] ROOT_NAME = {'/', 0};
  private static final byte[] ITSELF = {'.', 0};
  private static final int CLOSED = -1;

  private final LinuxFiles linux;
  private final Path path;
  private int number;

  private LinuxDescriptor(LinuxFiles linux, Path path, int number) {
    this.linux = linux;
    this.path = path;
    this.number = number;
  }

  /// Holds a folder, and none of those on the way any more. It need be neither listed nor read for
  /// that, only passed.
  ///
  /// @param make whether what is missing is made
  /// @throws NoSuchFileException when a part is missing
  /// @throws NotDirectoryException when a part is no folder; a link is none
  static LinuxDescriptor walk(LinuxFiles linux, Path absolute, boolean make) throws IOException {
    LinuxDescriptor current =
        opened(linux, ROOT, ROOT_NAME, (state, name) -> linux.pass(state, 0, name));
    for (Path name : absolute) {
      try (LinuxDescriptor passed = current) {
        current = make ? passed.made(name) : passed.passed(name);
      }
    }
    return current;
  }

  /// Holds a folder in this one.
  LinuxDescriptor passed(Path name) throws IOException {
    return opened(name, (state, text) -> linux.pass(state, number(), text));
  }

  /// Holds a folder in this one, which is made where it is missing.
  LinuxDescriptor made(Path name) throws IOException {
    try {
      return passed(name);
    } catch (NoSuchFileException missing) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment text = arena.allocateFrom(JAVA_BYTE, LinuxName.bytes(name));
        MemorySegment state = arena.allocate(LinuxFiles.STATE);
        checked(linux.makeFolder(state, number(), text), path.resolve(name));
      } catch (FileAlreadyExistsException meanwhile) {
        return passed(name);
      }
      return passed(name);
    }
  }

  /// Opens this folder to be listed.
  LinuxDescriptor listed() throws IOException {
    return opened(linux, path, ITSELF, (state, text) -> linux.openFolder(state, number(), text));
  }

  /// Opens a folder in this one to be listed.
  LinuxDescriptor listed(FolderItem item) throws IOException {
    Path child = path.resolve(item.name());
    return opened(
        linux, child, item.bytes(), (state, text) -> linux.openFolder(state, number(), text));
  }

  /// Holds whatever has a name, which does nothing to it, were it a device.
  LinuxDescriptor held(Path name) throws IOException {
    return opened(name, (state, text) -> linux.hold(state, number(), text));
  }

  /// Makes a file that must not exist yet, for its owner alone.
  LinuxDescriptor created(Path name) throws IOException {
    return opened(name, (state, text) -> linux.createFile(state, number(), text));
  }

  private interface Opening {
    int open(MemorySegment state, MemorySegment name);
  }

  private LinuxDescriptor opened(Path name, Opening opening) throws IOException {
    return opened(linux, path.resolve(name), LinuxName.bytes(name), opening);
  }

  private static LinuxDescriptor opened(LinuxFiles linux, Path path, byte[] name, Opening opening)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(JAVA_BYTE, name);
      int number = checked(opening.open(arena.allocate(LinuxFiles.STATE), text), path);
      return new LinuxDescriptor(linux, path, number);
    }
  }

  Path path() {
    return path;
  }

  int number() {
    // The number may be somebody else's by now.
    if (number == CLOSED) {
      throw new IllegalStateException("closed: " + path);
    }
    return number;
  }

  /// A path to what is held, and not to what has its name now.
  Path alias() {
    return LinuxFiles.DESCRIPTORS.resolve(Integer.toString(number()));
  }

  @Override
  public void close() {
    int closed = number;
    number = CLOSED;
    if (closed != CLOSED) {
      try (Arena arena = Arena.ofConfined()) {
        linux.close(arena.allocate(LinuxFiles.STATE), closed);
      }
    }
  }
}
