package com.commaagents.runs.store;

import com.commaagents.runs.store.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One file into which the appends of all runs go, so that one force is enough for all of them.
///
/// It is written from the front to its greatest size and then from the front again; see
/// [JournalFormat] for what is valid. What it grows into is filled with zeros and forced
/// beforehand: a write into bytes that are there already needs no second write for the file's
/// length. Used by one thread at a time.
///
/// Limits: at most `maxBytes` long, [#MAX_BYTES] usually; grows by [#STEP_BYTES].
final class Journal implements AutoCloseable {
  static final int MAX_BYTES = 16 << 20;
  static final int STEP_BYTES = 1 << 20;

  private static final String NAME = "runs.journal";
  private static final int FIRST_BUFFER_BYTES = 64 << 10;

  private final DiskFile file;
  private final int maxBytes;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST_BUFFER_BYTES);
  private long allocated;
  private int position = JournalFormat.HEADER_BYTES;
  private long round = 1;
  private int index;

  private Journal(DiskFile file, int maxBytes) {
    this.file = file;
    this.maxBytes = maxBytes;
  }

  static Path in(Path folder) {
    return folder.resolve(NAME);
  }

  /// Makes an empty journal. There must be none: rounds count from 1 again, and what an older one
  /// left would count too.
  static Journal create(Disk disk, Path folder, int maxBytes) throws IOException {
    DiskFile file = disk.open(in(folder));
    boolean created = false;
    try {
      if (file.size() > 0) {
        throw new IOException("there is a journal already");
      }
      Journal journal = new Journal(file, maxBytes);
      journal.allocate(JournalFormat.HEADER_BYTES);
      file.writeFully(JournalFormat.header(JournalFormat.VERSION), 0);
      file.force();
      disk.forceFolder(folder);
      created = true;
      return journal;
    } finally {
      if (!created) {
        file.close();
      }
    }
  }

  /// Whether a batch has room before the journal must be begun anew.
  boolean fits(List<JournalEntry> entries) {
    return JournalFormat.size(entries) <= maxBytes - position;
  }

  /// Begins anew from the front. All that is in it must be in the files of the runs and forced.
  void restart() {
    position = JournalFormat.HEADER_BYTES;
    round++;
    index = 0;
  }

  /// How many batches are in it.
  int batches() {
    return index;
  }

  /// Writes a batch and forces it. After a failure the journal must not be written any more.
  void append(List<JournalEntry> entries) throws IOException {
    int size = JournalFormat.size(entries);
    if (!fits(entries)) {
      throw new IllegalArgumentException("no room for a batch of " + size + " bytes");
    }
    if (size > buffer.capacity()) {
      buffer = ByteBuffer.allocateDirect(Integer.highestOneBit(size) << 1);
    }
    JournalFormat.write(buffer.clear(), round, index, entries);
    allocate(position + (long) size);
    file.writeFully(buffer.flip(), position);
    file.force();
    position += size;
    index++;
  }

  /// Whether the journal's name still leads to it.
  boolean inPlace() {
    return file.inPlace();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void allocate(long needed) throws IOException {
    if (needed <= allocated) {
      return;
    }
    long grown = allocated;
    while (grown < needed) {
      long step = Math.min(STEP_BYTES, maxBytes - grown);
      file.writeFully(ByteBuffer.allocate((int) step), grown);
      grown += step;
    }
    file.force();
    allocated = grown;
  }

  /// What a journal holds.
  ///
  /// @param header of the file
  /// @param batches the valid ones of its round, in order
  /// @param blank whether there is nothing but zeros, as in one that was about to be made
  record Contents(JournalFormat.Header header, List<JournalFormat.Batch> batches, boolean blank) {}

  /// Reads a journal that is there.
  static Contents read(DiskFile file, int maxBytes) throws IOException {
    // An older program may have allowed itself more, a disk cannot have made it longer.
    ByteBuffer bytes =
        ByteBuffer.allocate((int) Math.min(file.size(), Math.max(maxBytes, MAX_BYTES)));
    file.readFully(bytes, 0);
    bytes.flip();
    List<JournalFormat.Batch> batches = new ArrayList<>();
    int at = JournalFormat.HEADER_BYTES;
    Optional<JournalFormat.Batch> next = JournalFormat.read(bytes, at);
    while (next.isPresent() && follows(next.get(), batches)) {
      batches.add(next.get());
      at = next.get().end();
      next = JournalFormat.read(bytes, at);
    }
    boolean blank = bytes.equals(ByteBuffer.allocate(bytes.limit()));
    return new Contents(JournalFormat.readHeader(bytes), batches, blank);
  }

  private static boolean follows(JournalFormat.Batch next, List<JournalFormat.Batch> batches) {
    return next.index() == batches.size()
        && (batches.isEmpty() || next.round() == batches.getFirst().round());
  }
}
