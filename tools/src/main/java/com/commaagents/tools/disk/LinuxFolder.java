package com.commaagents.tools.disk;

import static com.commaagents.tools.disk.LinuxErrors.checked;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A folder as Linux has it: what a name stands for is told with the name, and a file is read with
/// four calls.
final class LinuxFolder implements Folder {
  private static final int LISTING_BYTES = 32 << 10;
  private static final int LEAST_BYTES = 4096;
  private static final int SCRATCH_BYTES = 1024;
  // Where a listing has the parts of an entry: struct linux_dirent64.
  private static final int LENGTH_AT = 16;
  private static final int TYPE_AT = 18;
  private static final int NAME_AT = 19;

  private final LinuxFiles linux;
  private final LinuxDescriptor folder;
  private final Path path;

  private LinuxFolder(LinuxFiles linux, LinuxDescriptor folder) {
    this.linux = linux;
    this.folder = folder;
    path = folder.path();
  }

  /// Opens a folder as [Folder#open] does. Folders on the way need not be listed for that.
  static LinuxFolder open(Path absolute, LinuxFiles linux) throws IOException {
    try (LinuxDescriptor passed = LinuxDescriptor.walk(linux, absolute, false)) {
      return new LinuxFolder(linux, passed.listed());
    }
  }

  @Override
  public Path path() {
    return path;
  }

  private int open() {
    return folder.number();
  }

  @Override
  public Folder child(FolderItem item) throws IOException {
    return new LinuxFolder(linux, folder.listed(item));
  }

  @Override
  public List<FolderItem> items(int limit, boolean withSizes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      LinuxStat stat = new LinuxStat(linux, arena);
      List<FolderItem> items = new ArrayList<>();
      for (LinuxName name : names(limit, arena)) {
        // The first is looked at whatever it is: where a folder may be listed but not passed, that
        // fails.
        if (!items.isEmpty() && name.isEnough(withSizes)) {
          items.add(name.item(name.kind(), FolderItem.UNKNOWN));
          continue;
        }
        int result = stat.of(open(), name.bytes());
        if (result != -LinuxErrors.NO_SUCH_FILE) {
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
  public long size(FolderItem file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      LinuxStat stat = new LinuxStat(linux, arena);
      checked(stat.of(open(), file.bytes()), path);
      return stat.size();
    }
  }

  @Override
  public Optional<byte[]> read(FolderItem file, int maxBytes) throws IOException {
    Path shown = path.resolve(file.name());
    try (Arena arena = Arena.ofConfined()) {
      // All but the content at once: there are many files.
      SegmentAllocator memory = SegmentAllocator.slicingAllocator(arena.allocate(SCRATCH_BYTES));
      MemorySegment state = memory.allocate(LinuxFiles.STATE);
      MemorySegment name = memory.allocateFrom(JAVA_BYTE, file.bytes());
      int opened = checked(linux.openFile(state, open(), name), shown);
      try {
        LinuxStat stat = new LinuxStat(linux, memory);
        checked(stat.ofOpened(opened), shown);
        if (stat.kind() != Facts.Kind.FILE) {
          throw new NotRegularFileException(shown.toString(), stat.kind());
        }
        return stat.size() > maxBytes
            ? Optional.empty()
            : read(state, opened, stat.size(), maxBytes, arena);
      } finally {
        linux.close(state, opened);
      }
    }
  }

  private Optional<byte[]> read(MemorySegment state, int file, long size, int maxBytes, Arena arena)
      throws IOException {
    MemorySegment buffer = arena.allocate(size == 0 ? LEAST_BYTES : size);
    long filled = 0;
    while (true) {
      int read = checked(linux.read(state, file, buffer.asSlice(filled)), path);
      filled += read;
      if (read == 0 || filled == size) {
        return Optional.of(buffer.asSlice(0, filled).toArray(JAVA_BYTE));
      }
      if (filled == buffer.byteSize()) {
        if (filled > maxBytes) {
          return Optional.empty();
        }
        buffer = arena.allocate(2 * filled).copyFrom(buffer);
      }
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
