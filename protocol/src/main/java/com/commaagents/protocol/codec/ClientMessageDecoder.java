package com.commaagents.protocol.codec;

import com.commaagents.protocol.codec.Decoded.Accepted;
import com.commaagents.protocol.codec.Decoded.Invalid;
import com.commaagents.protocol.codec.Decoded.NotJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads requests, for the daemon; never throws on what it reads.
///
/// Fields that a request does not have are ignored. Limits: the caller bounds the bytes; nesting
/// and numbers as [com.commaagents.base.json.Json] says, past them it is not JSON; 100,000 values,
/// past them the request is invalid. A surrogate without its partner is kept in a value; in a
/// field's name it is not JSON, as the parser refuses it.
public final class ClientMessageDecoder {
  private ClientMessageDecoder() {}

  /// Reads UTF-8; other bytes are not JSON.
  public static Decoded decode(byte[] utf8) {
    try {
      return decode(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException notUtf8) {
      return new NotJson();
    }
  }

  public static Decoded decode(String text) {
    return switch (RequestTree.read(text)) {
      case RequestTree.Read.NotJson() -> new NotJson();
      case RequestTree.Read.Tree(JsonNode root, boolean whole) -> request(root, whole);
    };
  }

  private static Decoded request(JsonNode root, boolean whole) {
    Problems problems = new Problems();
    if (whole) {
      ClientMessages.ALL.check("", root, problems);
    } else {
      problems.add("", "More than " + RequestTree.MAX_VALUES + " values");
    }
    return problems.isEmpty()
        ? new Accepted(ClientMessages.ALL.read(root))
        : new Invalid(requestId(root), "Invalid message: " + problems);
  }

  private static Optional<String> requestId(JsonNode root) {
    return root.path(RequestFields.REQUEST_ID.name()).stringValueOpt();
  }
}
