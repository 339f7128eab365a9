package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.ClientMessage;

/// Writes requests, for clients.
public final class ClientMessageEncoder {
  private static final int TYPICAL_BYTES = 256;

  private ClientMessageEncoder() {}

  /// The request as UTF-8 JSON.
  public static byte[] encode(ClientMessage message) {
    JsonWriter out = new JsonWriter(TYPICAL_BYTES);
    ClientMessages.ALL.write(message, out);
    return out.toByteArray();
  }
}
