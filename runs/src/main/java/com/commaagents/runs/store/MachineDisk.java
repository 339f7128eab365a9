package com.commaagents.runs.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

/// The machine's file system.
final class MachineDisk implements Disk {
  @Override
  public DiskFile open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OwnerOnly.file(file));
    boolean opened = false;
    try {
      MachineFile open = new MachineFile(file, channel, identity(file));
      opened = true;
      return open;
    } finally {
      if (!opened) {
        channel.close();
      }
    }
  }

  @Override
  public boolean exists(Path file) {
    return Files.exists(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    OwnerOnly.forceFolder(folder);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /// Tells apart files that had the same name one after the other, where the file system can.
  private static String identity(Path file) throws IOException {
    return Objects.toString(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  private record MachineFile(Path path, FileChannel channel, String madeAs) implements DiskFile {
    @Override
    public int read(ByteBuffer into, long at) throws IOException {
      return channel.read(into, at);
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
      return channel.write(from, at);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public boolean inPlace() {
      try {
        return identity(path).equals(madeAs);
      } catch (IOException gone) {
        return false;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
