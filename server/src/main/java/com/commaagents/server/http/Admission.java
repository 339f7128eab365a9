package com.commaagents.server.http;

import java.util.Optional;

/// What becomes of one request.
sealed interface Admission {
  record Health() implements Admission {}

  /// @param key the client's `Sec-WebSocket-Key`
  /// @param subprotocol what to echo of the subprotocols the client offered
  record Upgrade(String key, Optional<String> subprotocol) implements Admission {}

  record Refused(HttpStatus status, String text) implements Admission {}
}
