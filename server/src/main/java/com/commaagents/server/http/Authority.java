package com.commaagents.server.http;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Host and port as a `Host` header or an origin names them; the host is in lower case, without the
/// dot a full name may end in.
///
/// Source: RFC 3986 §3.2, without user names and escapes, which no client of ours sends.
record Authority(String host, OptionalInt port) {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_PORT_DIGITS = 5;
  private static final int MAX_NAME = 255;

  static Optional<Authority> parse(String text) {
    int hostEnd = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
    if (hostEnd == 0) {
      return Optional.empty();
    }
    String host = (hostEnd < 0 ? text : text.substring(0, hostEnd)).toLowerCase(Locale.ROOT);
    String rest = hostEnd < 0 ? "" : text.substring(hostEnd);
    boolean valid = host.startsWith("[") ? isIpv6Literal(host) : isName(host);
    if (!valid || !(rest.isEmpty() || rest.startsWith(":"))) {
      return Optional.empty();
    }
    String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (rest.length() <= 1) {
      return Optional.of(new Authority(bare, OptionalInt.empty()));
    }
    return portOf(rest.substring(1)).stream()
        .mapToObj(port -> new Authority(bare, OptionalInt.of(port)))
        .findFirst();
  }

  private static OptionalInt portOf(String digits) {
    if (digits.length() > MAX_PORT_DIGITS || !digits.chars().allMatch(Authority::isDigit)) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(digits);
    return port <= MAX_PORT ? OptionalInt.of(port) : OptionalInt.empty();
  }

  private static boolean isIpv6Literal(String host) {
    String inside = host.substring(1, host.length() - 1);
    return !inside.isEmpty()
        && inside
            .chars()
            .allMatch(c -> isDigit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.');
  }

  private static boolean isName(String host) {
    boolean validCharacters =
        host.chars()
            .allMatch(
                c -> isDigit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.');
    return validCharacters
        && !host.isEmpty()
        && host.length() <= MAX_NAME
        && !host.startsWith(".")
        && !host.contains("..");
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  int portOr(int defaultPort) {
    return port.orElse(defaultPort);
  }

  /// Whether the host can only be this machine, whatever a name server says: a page of a foreign
  /// name that was pointed at us (DNS rebinding) sends its own name.
  boolean isLoopbackName() {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || isLoopbackIpv4();
  }

  private boolean isLoopbackIpv4() {
    String[] parts = host.split("\\.", -1);
    if (parts.length != 4 || !parts[0].equals("127")) {
      return false;
    }
    for (String part : parts) {
      boolean octet =
          !part.isEmpty()
              && part.length() <= 3
              && part.chars().allMatch(Authority::isDigit)
              && (part.length() == 1 || !part.startsWith("0"))
              && Integer.parseInt(part) <= 255;
      if (!octet) {
        return false;
      }
    }
    return true;
  }
}
