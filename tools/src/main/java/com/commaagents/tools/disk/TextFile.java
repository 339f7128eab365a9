package com.commaagents.tools.disk;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// A UTF-8 file as text, with what must be kept when it is written again: its byte order mark and
/// its newline style.
///
/// @param text without the mark; with `\n` only, where the style is LF or CRLF
public record TextFile(String text, boolean mark, Newlines newlines) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int PROBE_BYTES = 8192;

  /// How the lines of a file end.
  public enum Newlines {
    LF,
    CRLF,
    MIXED,
    NONE;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether content looks like no text: a zero byte in its first 8 KiB.
  public static boolean isBinary(byte[] content) {
    for (int i = 0; i < Math.min(content.length, PROBE_BYTES); i++) {
      if (content[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /// The text of a file, or empty where it is binary or no UTF-8.
  public static Optional<TextFile> decode(byte[] content) {
    if (isBinary(content)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString()));
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  private static TextFile of(String raw) {
    boolean mark = !raw.isEmpty() && raw.charAt(0) == BYTE_ORDER_MARK;
    String body = mark ? raw.substring(1) : raw;
    Newlines newlines = style(body);
    return new TextFile(
        newlines == Newlines.CRLF ? body.replace("\r\n", "\n") : body, mark, newlines);
  }

  /// The newline style of a text.
  public static Newlines style(String text) {
    int pairs = 0;
    int feeds = 0;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      feeds++;
      if (i > 0 && text.charAt(i - 1) == '\r') {
        pairs++;
      }
    }
    if (feeds == 0) {
      return Newlines.NONE;
    }
    return pairs == 0 ? Newlines.LF : pairs == feeds ? Newlines.CRLF : Newlines.MIXED;
  }

  /// A text from a model, with newlines as [#text] has them.
  public String adapt(String given) {
    return newlines == Newlines.LF || newlines == Newlines.CRLF
        ? given.replace("\r\n", "\n")
        : given;
  }

  /// The bytes of another text in this file's style.
  public byte[] encode(String replacement) {
    String body =
        !replacement.isEmpty() && replacement.charAt(0) == BYTE_ORDER_MARK
            ? replacement.substring(1)
            : replacement;
    String styled = adapt(body);
    if (newlines == Newlines.CRLF) {
      styled = styled.replace("\n", "\r\n");
    }
    boolean marked = mark || body.length() < replacement.length();
    return ((marked ? String.valueOf(BYTE_ORDER_MARK) : "") + styled)
        .getBytes(StandardCharsets.UTF_8);
  }
}
