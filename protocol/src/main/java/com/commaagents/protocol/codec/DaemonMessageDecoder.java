package com.commaagents.protocol.codec;

import com.commaagents.base.json.Json;
import com.commaagents.protocol.message.DaemonMessage;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads the daemon's messages, for clients; never throws on what it reads.
///
/// Fields it does not know are ignored. Limits: those of [Json].
public final class DaemonMessageDecoder {
  private DaemonMessageDecoder() {}

  public static Received decode(byte[] utf8) {
    return decode(Json.parse(utf8));
  }

  public static Received decode(String text) {
    return decode(Json.parse(text));
  }

  private static Received decode(Optional<JsonNode> parsed) {
    if (parsed.isEmpty()) {
      return new Received.Malformed("Invalid JSON");
    }
    JsonNode tree = parsed.get();
    Variants<DaemonMessage> messages = DaemonMessages.ALL;
    JsonNode type = tree.path(Variants.TYPE);
    if (type.isString() && messages.typeOf(tree).isEmpty()) {
      return new Received.Unknown(type.stringValue(), tree);
    }
    Problems problems = new Problems();
    messages.check("", tree, problems);
    return problems.isEmpty()
        ? new Received.Known(messages.read(tree))
        : new Received.Malformed("Invalid message: " + problems);
  }
}
