package com.commaagents.runs.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// A disk that forgets, when the power fails, what was not forced. Thread-safe.
///
/// Of a file that was changed since its last force some blocks are new, some are old, and its
/// length is that of then, of now or in between; where it grew without its bytes it has zeros. A
/// file that is new since the last force of its folder may be gone, and one that was removed since
/// may be back.
final class MortalDisk implements Disk {
  private static final int BLOCK = 64;

  private final Disk inner = new MachineDisk();
  // What is safe of each file that was opened: its bytes at the last force.
  private final Map<Path, byte[]> safe = new HashMap<>();
  private final Set<Path> namesAtRisk = new HashSet<>();
  private final Map<Path, byte[]> removalsAtRisk = new HashMap<>();
  private boolean dead;

  /// The power fails: what is in the files now is what a machine may find that is started again.
  /// Every later use fails.
  synchronized void die(SplittableRandom random) throws IOException {
    dead = true;
    for (Map.Entry<Path, byte[]> file : safe.entrySet()) {
      Path path = file.getKey();
      if (!Files.exists(path)) {
        continue;
      }
      if (namesAtRisk.contains(path) && random.nextBoolean()) {
        Files.delete(path);
      } else {
        Files.write(path, mixed(file.getValue(), Files.readAllBytes(path), random));
      }
    }
    bringBack(random);
  }

  private void bringBack(SplittableRandom random) throws IOException {
    for (Map.Entry<Path, byte[]> file : removalsAtRisk.entrySet()) {
      if (!Files.exists(file.getKey()) && random.nextBoolean()) {
        Files.write(file.getKey(), file.getValue());
      }
    }
  }

  private static byte[] mixed(byte[] old, byte[] now, SplittableRandom random) {
    if (Arrays.equals(old, now)) {
      return now;
    }
    int shortest = Math.min(old.length, now.length);
    int longest = Math.max(old.length, now.length);
    byte[] found = new byte[shortest + random.nextInt(longest - shortest + 1)];
    System.arraycopy(old, 0, found, 0, Math.min(old.length, found.length));
    for (int at = 0; at < found.length; at += BLOCK) {
      if (at < now.length && random.nextBoolean()) {
        System.arraycopy(
            now, at, found, at, Math.min(BLOCK, Math.min(now.length, found.length) - at));
      }
    }
    return found;
  }

  @Override
  public synchronized DiskFile open(Path file) throws IOException {
    alive();
    if (!Files.exists(file)) {
      namesAtRisk.add(file);
      safe.put(file, new byte[0]);
    } else if (!safe.containsKey(file)) {
      safe.put(file, Files.readAllBytes(file));
    }
    return new MortalFile(file, inner.open(file));
  }

  @Override
  public boolean exists(Path file) {
    return inner.exists(file);
  }

  @Override
  public synchronized void forceFolder(Path folder) throws IOException {
    alive();
    namesAtRisk.removeIf(file -> folder.equals(file.getParent()));
    removalsAtRisk.keySet().removeIf(file -> folder.equals(file.getParent()));
  }

  @Override
  public synchronized void move(Path from, Path to) throws IOException {
    alive();
    inner.move(from, to);
    safe.remove(from);
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    alive();
    if (Files.exists(file) && !namesAtRisk.contains(file)) {
      byte[] known = safe.get(file);
      removalsAtRisk.put(file, known == null ? Files.readAllBytes(file) : known);
    }
    inner.delete(file);
    safe.remove(file);
  }

  private void alive() throws IOException {
    if (dead) {
      throw new IOException("the power is off");
    }
  }

  private final class MortalFile implements DiskFile {
    private final Path path;
    private final DiskFile file;

    MortalFile(Path path, DiskFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
      synchronized (MortalDisk.this) {
        alive();
        return file.read(into, at);
      }
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
      synchronized (MortalDisk.this) {
        alive();
        return file.write(from, at);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (MortalDisk.this) {
        alive();
        safe.put(path, Files.readAllBytes(path));
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (MortalDisk.this) {
        alive();
        file.truncate(size);
      }
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public boolean inPlace() {
      return file.inPlace();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
