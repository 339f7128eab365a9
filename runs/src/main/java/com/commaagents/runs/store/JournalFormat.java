package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The bytes of a journal.
///
/// Format, numbers with the highest byte first. A header of 16 bytes: `COMMAJNL`, the version as 4
/// bytes, the CRC-32C of these 12. Then batches, one behind the other:
///
/// ```
/// 4  CRC-32C of the rest of the batch
/// 4  length of the rest of the batch
/// 8  round: how often the journal was begun anew
/// 4  index of the batch in its round, from 0
/// then entries: 1 length of the run id, the run id in ASCII,
///               8 offset in the run's file, 4 length, as many bytes of lines
/// ```
///
/// A batch is valid when its length lies within the file, its checksum is right, its round is that
/// of the first batch, and its index follows. The journal ends before the first that is not: what
/// stands there is the rest of an earlier round, zeros, or a write that was never acknowledged.
final class JournalFormat {
  static final int VERSION = 1;
  static final int HEADER_BYTES = 16;
  static final int BATCH_HEADER_BYTES = 20;

  private static final byte[] MAGIC = "COMMAJNL".getBytes(StandardCharsets.US_ASCII);
  private static final int COVERED_BY_LENGTH = BATCH_HEADER_BYTES - 2 * Integer.BYTES;

  private JournalFormat() {}

  /// What the first bytes of a file say.
  sealed interface Header {
    /// Of this or another version.
    record Known(int version) implements Header {}

    /// Damaged, or not a journal.
    record Damaged() implements Header {}
  }

  /// A valid batch.
  ///
  /// @param end where the next one begins
  record Batch(long round, int index, int end, List<JournalEntry> entries) {}

  static ByteBuffer header(int version) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(version);
    return header.putInt(checksum(header, 0, header.position())).flip();
  }

  static Header readHeader(ByteBuffer file) {
    if (file.limit() < HEADER_BYTES) {
      return new Header.Damaged();
    }
    int version = file.getInt(MAGIC.length);
    return file.slice(0, HEADER_BYTES).equals(header(version))
        ? new Header.Known(version)
        : new Header.Damaged();
  }

  static int size(List<JournalEntry> entries) {
    int size = BATCH_HEADER_BYTES;
    for (JournalEntry entry : entries) {
      size += entry.size();
    }
    return size;
  }

  /// Puts a batch into an empty buffer that is large enough.
  static void write(ByteBuffer into, long round, int index, List<JournalEntry> entries) {
    into.putInt(0).putInt(size(entries) - 2 * Integer.BYTES).putLong(round).putInt(index);
    for (JournalEntry entry : entries) {
      byte[] id = entry.runId().value().getBytes(StandardCharsets.US_ASCII);
      into.put((byte) id.length).put(id);
      into.putLong(entry.offset()).putInt(entry.lines().length).put(entry.lines());
    }
    into.putInt(0, checksum(into, Integer.BYTES, into.position()));
  }

  /// The batch that begins at a byte of a file, if there is a valid one.
  static Optional<Batch> read(ByteBuffer file, int at) {
    if (file.limit() - at < BATCH_HEADER_BYTES) {
      return Optional.empty();
    }
    int start = at + 2 * Integer.BYTES;
    int length = file.getInt(at + Integer.BYTES);
    if (length < COVERED_BY_LENGTH
        || length > file.limit() - start
        || file.getInt(at) != checksum(file, at + Integer.BYTES, start + length)) {
      return Optional.empty();
    }
    ByteBuffer batch = file.slice(start, length);
    long round = batch.getLong();
    int index = batch.getInt();
    List<JournalEntry> entries = new ArrayList<>();
    while (batch.hasRemaining()) {
      entries.add(readEntry(batch));
    }
    return Optional.of(new Batch(round, index, start + length, entries));
  }

  private static JournalEntry readEntry(ByteBuffer batch) {
    byte[] id = new byte[Byte.toUnsignedInt(batch.get())];
    batch.get(id);
    long offset = batch.getLong();
    byte[] lines = new byte[batch.getInt()];
    batch.get(lines);
    return new JournalEntry(new RunId(new String(id, StandardCharsets.US_ASCII)), offset, lines);
  }

  private static int checksum(ByteBuffer bytes, int from, int to) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.slice(from, to - from));
    return (int) checksum.getValue();
  }
}
