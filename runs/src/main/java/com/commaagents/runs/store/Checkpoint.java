package com.commaagents.runs.store;

import com.commaagents.base.json.RawJson;
import com.commaagents.engine.conversation.Conversation;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.engine.conversation.Transcript;
import com.commaagents.runs.timeline.HistoryBuilder.Position;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineJson;
import com.commaagents.runs.timeline.TimelineReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/// What a timeline has come to up to one of its lines, so that it need not be read from its
/// beginning.
///
/// Format: [#MAGIC], how many bytes of the timeline it stands for and their CRC-32C, the position;
/// at the end a CRC-32C of all before. Numbers are big endian, texts are UTF-8 behind their length,
/// lists stand behind theirs. INVARIANT: it is never the truth, only a shortcut to it: it counts
/// only as long as the timeline begins with these bytes.
///
/// @param bytes of the timeline, whole lines
/// @param checksum of these bytes
record Checkpoint(long bytes, int checksum, Position position) {
  private static final long MAGIC = 0x434f_4d4d_4143_4b31L; // COMMACK1
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  void write(OutputStream to) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeLong(MAGIC);
    out.writeLong(bytes);
    out.writeInt(checksum);
    write(out, position);
    out.writeInt((int) checked.getChecksum().getValue());
  }

  /// Empty for anything that is not whole.
  static Optional<Checkpoint> decode(byte[] file) {
    int end = file.length - CHECKSUM_BYTES;
    if (end < 0 || ByteBuffer.wrap(file).getInt(end) != checksum(file, end)) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(file, 0, end);
    try {
      return in.getLong() == MAGIC
          ? Optional.of(new Checkpoint(in.getLong(), in.getInt(), position(in)))
          : Optional.empty();
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | IndexOutOfBoundsException notOurs) {
      return Optional.empty();
    }
  }

  private static int checksum(byte[] bytes, int end) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, end);
    return (int) checksum.getValue();
  }

  private static void write(DataOutputStream out, Position position) throws IOException {
    Transcript transcript = position.transcript();
    writeAll(out, transcript.earlier(), Checkpoint::write);
    writeAll(out, transcript.shown(), Checkpoint::write);
    writeAll(out, transcript.retentionEvents(), Checkpoint::write);
    writeAll(out, transcript.inputs(), Checkpoint::write);
    out.writeBoolean(transcript.promptIsOpen());
    out.writeLong(transcript.left().records());
    out.writeLong(transcript.left().retentionEvents());
    out.writeLong(transcript.left().inputs());
    writeAll(out, position.standing(), (to, entry) -> write(to, TimelineJson.line(entry)));
    out.writeLong(position.lastSeq());
  }

  private static Position position(ByteBuffer in) {
    Transcript transcript =
        new Transcript(
            all(in, Checkpoint::record),
            all(in, Checkpoint::record),
            all(in, Checkpoint::json),
            all(in, Checkpoint::input),
            flag(in),
            new Transcript.LeftOut(in.getLong(), in.getLong(), in.getLong()));
    return new Position(transcript, all(in, Checkpoint::entry), in.getLong());
  }

  private static void write(DataOutputStream out, StoredRecord record) throws IOException {
    write(out, record.id());
    write(out, record.agentName());
    write(out, record.supersededBy());
    write(out, record.json());
  }

  private static StoredRecord record(ByteBuffer in) {
    return new StoredRecord(text(in), text(in), optionalText(in), json(in));
  }

  private static void write(DataOutputStream out, Conversation.Input input) throws IOException {
    write(out, input.text());
    write(out, input.beforeRecordId());
  }

  private static Conversation.Input input(ByteBuffer in) {
    return new Conversation.Input(text(in), optionalText(in));
  }

  private static TimelineEntry entry(ByteBuffer in) {
    byte[] line = bytes(in);
    return TimelineReader.read(line).orElseThrow(() -> new IllegalArgumentException("no entry"));
  }

  private interface Writing<T> {
    void write(DataOutputStream out, T value) throws IOException;
  }

  private static <T> void writeAll(DataOutputStream out, List<T> values, Writing<T> writing)
      throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      writing.write(out, value);
    }
  }

  private static <T> List<T> all(ByteBuffer in, Function<ByteBuffer, T> reading) {
    int count = in.getInt();
    List<T> values = new ArrayList<>(Math.min(count, in.remaining()));
    for (int i = 0; i < count; i++) {
      values.add(reading.apply(in));
    }
    return values;
  }

  private static void write(DataOutputStream out, Optional<String> text) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      write(out, text.get());
    }
  }

  private static Optional<String> optionalText(ByteBuffer in) {
    return flag(in) ? Optional.of(text(in)) : Optional.empty();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    write(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(ByteBuffer in) {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[Math.min(in.getInt(), in.remaining() + 1)];
    in.get(bytes);
    return bytes;
  }

  private static void write(DataOutputStream out, RawJson json) throws IOException {
    out.writeInt(json.length());
    json.writeTo(out);
  }

  /// A part of the file's bytes: a long conversation is not copied.
  private static RawJson json(ByteBuffer in) {
    int length = in.getInt();
    RawJson json = RawJson.trusted(in.array(), in.arrayOffset() + in.position(), length);
    in.position(in.position() + length);
    return json;
  }

  private static boolean flag(ByteBuffer in) {
    return in.get() != 0;
  }
}
