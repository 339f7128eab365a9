package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.ClientMessage;
import java.util.stream.Stream;

/// Every request and its fields.
final class ClientMessages {
  static final Variants<ClientMessage> ALL =
      Variants.of(Stream.concat(RunRequests.all(), HostRequests.all()).toList());

  private ClientMessages() {}
}
