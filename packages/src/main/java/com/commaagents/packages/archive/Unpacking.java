package com.commaagents.packages.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.commaagents.packages.archive.CentralDirectory.Entry;
import com.commaagents.packages.disk.PrivateTree;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Unpacks a ZIP file into an empty folder. Modes in the archive do not count: files and folders
/// are the owner's, and none can be executed.
///
/// All names and kinds are looked at before anything is written; what is written is counted as it
/// comes, whatever the archive claims. Limits: [#MAX_ENTRIES]; [#MAX_BYTES] in all, which is also
/// at most [#MAX_RATIO] times what the archive has beyond [#PLAIN_BYTES]; [#MAX_FILE_BYTES] a file;
/// [#MAX_DEPTH].
public final class Unpacking {
  static final int MAX_ENTRIES = 10_000;
  static final int MAX_BYTES = 256 << 20;
  static final int MAX_FILE_BYTES = 64 << 20;
  static final int MAX_DEPTH = 32;
  static final int MAX_RATIO = 200;

  /// So much may come of any archive: small text of one kind packs very well.
  static final int PLAIN_BYTES = 1 << 20;

  private static final int BUFFER_BYTES = 64 << 10;

  private final Path folder;
  private final long most;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private long written;

  private Unpacking(Path archive, Path folder) throws IOException {
    this.folder = folder;
    this.most = Math.min(MAX_BYTES, PLAIN_BYTES + MAX_RATIO * Files.size(archive));
  }

  /// @param folder empty; when this fails it may hold a part
  /// @throws UnsafeArchive when it is no archive, or one that is refused
  /// @throws IOException when it cannot be written
  public static void unpack(Path archive, Path folder) throws IOException, UnsafeArchive {
    List<Entry> entries = CentralDirectory.of(archive);
    EntryNames names = new EntryNames();
    long claimed = 0;
    for (Entry entry : entries) {
      names.add(entry.name());
      claimed += entry.size();
      requireSmall(entry.name(), entry.size(), claimed, MAX_BYTES);
    }
    new Unpacking(archive, folder).all(archive, entries);
  }

  private static void requireSmall(String name, long size, long all, long most)
      throws UnsafeArchive {
    if (size > MAX_FILE_BYTES) {
      throw new UnsafeArchive(
          EntryNames.shown(name) + " has more than " + (MAX_FILE_BYTES >> 20) + " MiB");
    }
    if (all > most) {
      throw new UnsafeArchive(
          "it unpacks to more than "
              + (MAX_BYTES >> 20)
              + " MiB, or to more than "
              + MAX_RATIO
              + " times what it has");
    }
  }

  private void all(Path archive, List<Entry> entries) throws IOException, UnsafeArchive {
    try (ZipFile zip = new ZipFile(archive.toFile(), UTF_8)) {
      List<? extends ZipEntry> read = Collections.list(zip.entries());
      boolean same =
          read.stream()
              .map(ZipEntry::getName)
              .toList()
              .equals(entries.stream().map(Entry::name).toList());
      if (!same) {
        throw new UnsafeArchive("its table of contents can be read in two ways");
      }
      for (ZipEntry entry : read) {
        one(zip, entry);
      }
    } catch (ZipException | EOFException damaged) {
      throw new UnsafeArchive("it is damaged");
    }
  }

  private void one(ZipFile zip, ZipEntry entry) throws IOException, UnsafeArchive {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder) || target.equals(folder)) {
      throw new UnsafeArchive(EntryNames.shown(entry.getName()) + " leads out of the package");
    }
    if (entry.isDirectory()) {
      PrivateTree.makeFolder(target);
      return;
    }
    PrivateTree.makeFolder(Objects.requireNonNull(target.getParent()));
    try (InputStream content = zip.getInputStream(entry);
        FileChannel file = PrivateTree.create(target)) {
      copy(entry, content, file);
      file.force(true);
    }
  }

  private void copy(ZipEntry entry, InputStream content, FileChannel file)
      throws IOException, UnsafeArchive {
    long size = 0;
    int read;
    while ((read = content.read(buffer.array())) > 0) {
      size += read;
      written += read;
      requireSmall(entry.getName(), size, written, most);
      buffer.clear().limit(read);
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
    }
    if (size != entry.getSize()) {
      throw new UnsafeArchive("it is damaged");
    }
  }
}
