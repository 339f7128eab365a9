package com.commaagents.server.http;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.util.Optional;
import java.util.Set;

/// Where the server listens and whom it lets in.
///
/// A malformed origin, port or token is refused with a [Fault] of [FaultCode#INVALID_INPUT].
///
/// @param host a name or address of this machine; anything but a loopback address needs a token
/// @param port 0 takes any free one
/// @param allowedOrigins web origins besides the server's own, as `https://host:port`
/// @param token what a client must show, where present; visible ASCII without comma
public record HttpSettings(
    String host, int port, Set<String> allowedOrigins, Optional<String> token, HttpLimits limits) {
  private static final int MAX_PORT = 65_535;

  public HttpSettings {
    allowedOrigins = Set.copyOf(allowedOrigins);
    if (port < 0 || port > MAX_PORT) {
      throw new Fault(
          FaultCode.INVALID_INPUT, "The port must be 0 to " + MAX_PORT + ", not " + port + ".");
    }
    for (String origin : allowedOrigins) {
      if (Origin.parse(origin).isEmpty()) {
        throw new Fault(
            FaultCode.INVALID_INPUT,
            "allowedOrigins: \"" + origin + "\" is no origin; write it as https://host:port.");
      }
    }
    if (token.isPresent() && !isUsable(token.get())) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "auth.token must be visible ASCII without blanks and commas, and not empty.");
    }
  }

  /// Loopback only, no token, the default limits.
  public static HttpSettings local(int port) {
    return new HttpSettings("127.0.0.1", port, Set.of(), Optional.empty(), HttpLimits.DEFAULT);
  }

  private static boolean isUsable(String token) {
    return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',');
  }

  /// Without the token.
  @Override
  public String toString() {
    return "HttpSettings[%s:%d, allowedOrigins=%s, token %s, %s]"
        .formatted(host, port, allowedOrigins, token.isPresent() ? "set" : "not set", limits);
  }
}
