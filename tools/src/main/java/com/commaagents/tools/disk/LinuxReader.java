package com.commaagents.tools.disk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/// Reads files as Linux has them, with four calls for each.
final class LinuxReader implements FileReader {
  private static final int USUAL_BYTES = 16 << 10;

  private final LinuxFiles linux;
  private final LinuxDescriptor folder;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = arena.allocate(LinuxFiles.STATE);
  private final LinuxStat stat;
  private MemorySegment memory = arena.allocate(USUAL_BYTES);
  private byte[] bytes = new byte[USUAL_BYTES];

  LinuxReader(LinuxFiles linux, LinuxDescriptor folder) {
    this.linux = linux;
    this.folder = folder;
    stat = new LinuxStat(linux, arena);
  }

  @Override
  public Optional<FileBytes> read(FolderItem file, int maxBytes) throws IOException {
    int opened = checked(linux.openFile(state, folder.number(), stat.name(file.bytes())), file);
    try {
      checked(stat.ofOpened(opened), file);
      if (stat.kind() != Facts.Kind.FILE) {
        throw new NotRegularFileException(path(file).toString(), stat.kind());
      }
      if (stat.size() > maxBytes) {
        return Optional.empty();
      }
      int read = fill(opened, stat.size() == 0 ? maxBytes + 1 : (int) stat.size(), file);
      return read > maxBytes ? Optional.empty() : Optional.of(content(read));
    } finally {
      linux.close(state, opened);
    }
  }

  // Returns how much there is of what is wanted.
  private int fill(int opened, int wanted, FolderItem file) throws IOException {
    int filled = 0;
    while (filled < wanted) {
      if (filled == memory.byteSize()) {
        memory = arena.allocate(2L * filled).copyFrom(memory);
      }
      MemorySegment rest = memory.asSlice(filled, Math.min(wanted, memory.byteSize()) - filled);
      int read = checked(linux.read(state, opened, rest), file);
      if (read == 0) {
        break;
      }
      filled += read;
    }
    return filled;
  }

  private FileBytes content(int length) {
    if (bytes.length < length) {
      bytes = new byte[(int) memory.byteSize()];
    }
    MemorySegment.copy(memory, JAVA_BYTE, 0, bytes, 0, length);
    return new FileBytes(bytes, length);
  }

  private int checked(int result, FolderItem file) throws IOException {
    return result >= 0 ? result : LinuxErrors.checked(result, path(file));
  }

  private Path path(FolderItem file) {
    return folder.path().resolve(file.name());
  }

  @Override
  public void close() {
    arena.close();
  }
}
