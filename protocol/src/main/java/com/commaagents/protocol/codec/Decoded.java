package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.ClientMessage;
import java.util.Optional;

/// What came of reading a client's frame.
public sealed interface Decoded {
  record Accepted(ClientMessage message) implements Decoded {}

  /// A frame that no request is in, with what the `error` message that answers it says.
  sealed interface Refused extends Decoded {
    String code();

    String message();

    /// The frame's own, where it has one that is a string.
    Optional<String> requestId();
  }

  /// Not JSON, not UTF-8, nested too deep, or with a number too long.
  record NotJson() implements Refused {
    @Override
    public String code() {
      return "PARSE_ERROR";
    }

    @Override
    public String message() {
      return "Invalid JSON";
    }

    @Override
    public Optional<String> requestId() {
      return Optional.empty();
    }
  }

  /// JSON that fits no request.
  ///
  /// @param message all that is wrong, for example `Invalid message: agentName: Required; text:
  ///   Required`
  record Invalid(Optional<String> requestId, String message) implements Refused {
    @Override
    public String code() {
      return "VALIDATION_ERROR";
    }
  }
}
