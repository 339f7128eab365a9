package com.commaagents.strategy.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads bytes as a tree with positions.
///
/// Limits, each a [ReadResult.Malformed]: [#MAX_BYTES], [#MAX_DEPTH], [#MAX_NODES]. The bytes are
/// UTF-8, with or without a byte order mark. Thread-safe.
public final class SourceReader {
  public static final int MAX_BYTES = 1 << 20;

  /// Levels of lists and objects.
  public static final int MAX_DEPTH = 100;

  /// Values in all; a YAML alias counts as everything it stands for.
  public static final int MAX_NODES = 100_000;

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private SourceReader() {}

  /// The tree of a text, or the first mistake in it.
  public static ReadResult read(byte[] content, SourceFormat format) {
    try {
      String text = decode(content);
      return new ReadResult.Parsed(
          switch (format) {
            case JSON -> new JsonText(text, false).read();
            case JSONC -> new JsonText(text, true).read();
            case YAML -> new YamlText(text).read();
          });
    } catch (MalformedText mistake) {
      return mistake.asResult();
    }
  }

  private static String decode(byte[] content) {
    if (content.length > MAX_BYTES) {
      throw new MalformedText(Position.START, "the file is larger than " + MAX_BYTES + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(content);
    try {
      String text = strictUtf8().decode(bytes).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedText(positionOf(content), notUtf8Message(content));
    }
  }

  private static CharsetDecoder strictUtf8() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /// Where the first byte that is not UTF-8 stands.
  private static Position positionOf(byte[] content) {
    CharBuffer good = CharBuffer.allocate(content.length);
    strictUtf8().decode(ByteBuffer.wrap(content), good, true);
    String before = good.flip().toString();
    if (before.startsWith("\uFEFF")) {
      before = before.substring(1);
    }
    LineCounter lines = new LineCounter(before);
    return lines.positionOf(before.length());
  }

  private static String notUtf8Message(byte[] content) {
    boolean utf16 =
        content.length >= 2 && (content[0] & content[1] & 0xFE) == 0xFE && content[0] != content[1];
    return utf16
        ? "the file is UTF-16, expected UTF-8: save it as UTF-8"
        : "a byte that is not UTF-8, expected a text in UTF-8";
  }
}
