package com.commaagents.server.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Why a WebSocket ends, and how a close frame says so.
///
/// Source: RFC 6455 §5.5.1 and §7.4, with the codes the IANA registry added.
final class CloseCode {
  static final int GOING_AWAY = 1001;
  static final int PROTOCOL_ERROR = 1002;
  static final int NOT_UTF_8 = 1007;
  static final int TOO_BIG = 1009;
  static final int INTERNAL_ERROR = 1011;
  static final int TRY_AGAIN_LATER = 1013;

  private static final int MAX_REASON_BYTES = 123;

  private CloseCode() {}

  /// Whether a frame may carry it; 1004, 1005, 1006 and 1015 never travel.
  static boolean maySend(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  /// The payload of a close frame. A reason over 123 bytes is cut between two characters.
  static byte[] payload(int code, String reason) {
    ByteBuffer payload = ByteBuffer.allocate(Short.BYTES + MAX_REASON_BYTES);
    payload.putShort((short) code);
    CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    encoder.encode(CharBuffer.wrap(reason), payload, true);
    return Arrays.copyOf(payload.array(), payload.position());
  }
}
