package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.DaemonMessage;
import tools.jackson.databind.JsonNode;

/// What came of reading a frame of the daemon.
public sealed interface Received {
  record Known(DaemonMessage message) implements Received {}

  /// A type that we do not know, of a newer daemon.
  record Unknown(String type, JsonNode message) implements Received {}

  /// No message of the protocol.
  ///
  /// @param problem what is wrong with it
  record Malformed(String problem) implements Received {}
}
