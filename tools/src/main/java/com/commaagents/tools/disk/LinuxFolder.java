package com.commaagents.tools.disk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A folder as Linux has it: what a name stands for is told with the name.
final class LinuxFolder implements Folder {
  private static final int LISTING_BYTES = 32 << 10;
  // Where a listing has the parts of an entry: struct linux_dirent64.
  private static final int LENGTH_AT = 16;
  private static final int TYPE_AT = 18;
  private static final int NAME_AT = 19;
  private static final byte[] ROOT = {'/', 0};
  private static final int CLOSED = -1;

  private final LinuxFiles linux;
  private final Path path;
  private int descriptor;

  private LinuxFolder(LinuxFiles linux, Path path, int descriptor) {
    this.linux = linux;
    this.path = path;
    this.descriptor = descriptor;
  }

  /// Opens a folder as [Folder#open] does. Folders on the way need not be listed for that.
  static LinuxFolder open(Path absolute, LinuxFiles linux) throws IOException {
    Path path = absolute.getRoot();
    LinuxFolder current =
        new LinuxFolder(linux, path, opened(linux, 0, ROOT, path, path.equals(absolute)));
    for (Path name : absolute) {
      try (LinuxFolder passed = current) {
        path = path.resolve(name);
        int in = passed.descriptor;
        int opened = opened(linux, in, LinuxName.bytes(name), path, path.equals(absolute));
        current = new LinuxFolder(linux, path, opened);
      }
    }
    return current;
  }

  private static int opened(LinuxFiles linux, int in, byte[] name, Path path, boolean last)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(JAVA_BYTE, name);
      return checked(linux.openFolder(arena.allocate(LinuxFiles.STATE), in, text, !last), path);
    }
  }

  /// Fails where a result is an error about a path.
  static int checked(int result, Path path) throws FileSystemException {
    if (result >= 0) {
      return result;
    }
    String shown = path.toString();
    throw switch (-result) {
      case LinuxFiles.NO_SUCH_FILE -> new NoSuchFileException(shown);
      case LinuxFiles.NO_DIRECTORY, LinuxFiles.IS_LINK -> new NotDirectoryException(shown);
      case LinuxFiles.NO_ACCESS, LinuxFiles.NOT_PERMITTED -> new AccessDeniedException(shown);
      default -> new FileSystemException(shown, null, "error " + -result);
    };
  }

  @Override
  public Path path() {
    return path;
  }

  /// Its number; fails where it is closed.
  int open() {
    // The number may be somebody else's by now.
    if (descriptor == CLOSED) {
      throw new IllegalStateException("closed: " + path);
    }
    return descriptor;
  }

  @Override
  public Folder child(FolderItem item) throws IOException {
    Path child = path.resolve(item.name());
    return new LinuxFolder(linux, child, opened(linux, open(), item.bytes(), child, true));
  }

  @Override
  public List<FolderItem> items(int limit) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      LinuxStat stat = new LinuxStat(linux, arena);
      List<FolderItem> items = new ArrayList<>();
      for (LinuxName name : names(limit, arena)) {
        // The first is looked at whatever it is: where a folder may be listed but not passed, that
        // fails.
        if (!items.isEmpty() && name.hasKind()) {
          items.add(name.item(name.kind(), FolderItem.UNKNOWN));
          continue;
        }
        int result = stat.of(open(), name.bytes());
        if (result != -LinuxFiles.NO_SUCH_FILE) {
          checked(result, path);
          items.add(name.item(stat.kind(), stat.size()));
        }
      }
      return items;
    }
  }

  private List<LinuxName> names(int limit, Arena arena) throws IOException {
    MemorySegment state = arena.allocate(LinuxFiles.STATE);
    MemorySegment buffer = arena.allocate(LISTING_BYTES, Long.BYTES);
    List<LinuxName> names = new ArrayList<>();
    while (names.size() < limit) {
      int filled = checked(linux.list(state, open(), buffer), path);
      if (filled == 0) {
        break;
      }
      for (int at = 0; at < filled && names.size() < limit; ) {
        int length = Short.toUnsignedInt(buffer.get(JAVA_SHORT, at + LENGTH_AT));
        LinuxName name =
            new LinuxName(text(buffer, at + NAME_AT), buffer.get(JAVA_BYTE, at + TYPE_AT));
        if (!name.isDots()) {
          names.add(name);
        }
        at += length;
      }
    }
    Collections.sort(names);
    return names;
  }

  private static byte[] text(MemorySegment buffer, long from) {
    long end = from;
    while (buffer.get(JAVA_BYTE, end) != 0) {
      end++;
    }
    return buffer.asSlice(from, end + 1 - from).toArray(JAVA_BYTE);
  }

  @Override
  public FileReader reader() {
    return new LinuxReader(linux, this);
  }

  @Override
  public void close() {
    int closed = descriptor;
    descriptor = CLOSED;
    if (closed != CLOSED) {
      try (Arena arena = Arena.ofConfined()) {
        linux.close(arena.allocate(LinuxFiles.STATE), closed);
      }
    }
  }
}
