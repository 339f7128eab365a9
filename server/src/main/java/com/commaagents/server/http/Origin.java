package com.commaagents.server.http;

import java.util.Locale;
import java.util.Optional;

/// A web origin, as a browser names the page that asks.
///
/// Source: RFC 6454 §6. `null`, the origin of nobody, is none here.
record Origin(String scheme, Authority authority) {
  private static final String SEPARATOR = "://";
  private static final int NO_PORT = -1;

  static Optional<Origin> parse(String text) {
    int end = text.indexOf(SEPARATOR);
    if (end <= 0) {
      return Optional.empty();
    }
    String scheme = text.substring(0, end).toLowerCase(Locale.ROOT);
    if (!scheme
        .chars()
        .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
      return Optional.empty();
    }
    return Authority.parse(text.substring(end + SEPARATOR.length()))
        .map(authority -> new Origin(scheme, authority));
  }

  /// Whether a page of this origin came from the server that `host` names.
  ///
  /// A `Host` without a port means the default one of the page's scheme: behind a proxy that ends
  /// TLS, only the browser knows the scheme.
  boolean isOf(Authority host) {
    return isWeb()
        && authority.host().equals(host.host())
        && authority.portOr(defaultPort()) == host.portOr(defaultPort());
  }

  /// Equal but for a default port that only one of the two spells out.
  boolean sameAs(Origin other) {
    return scheme.equals(other.scheme)
        && authority.host().equals(other.authority.host())
        && authority.portOr(defaultPort()) == other.authority.portOr(defaultPort());
  }

  private boolean isWeb() {
    return defaultPort() != NO_PORT;
  }

  private int defaultPort() {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      default -> NO_PORT;
    };
  }
}
