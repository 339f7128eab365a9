package com.commaagents.server.http;

import com.commaagents.server.http.Admission.Health;
import com.commaagents.server.http.Admission.Refused;
import com.commaagents.server.http.Admission.Upgrade;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Decides about each request by its line and headers alone, before anything is done for it.
///
/// The order is: who is meant (`Host`), what is wanted (the path), who asks (`Origin`), may they
/// (the token), can they (version and key). So a page of a foreign origin learns nothing but that
/// it is refused.
///
/// Source: RFC 9112 §3.2 (`Host` and request targets), RFC 6455 §4.2 (the handshake).
final class AdmissionRules {
  private static final String SUBPROTOCOL_PREFIX = "bearer.";
  private static final String AUTHORIZATION_PREFIX = "bearer ";
  private static final int KEY_CHARACTERS = 24;

  private final boolean loopback;
  private final List<Origin> allowedOrigins;
  private final Optional<byte[]> token;

  AdmissionRules(HttpSettings settings, boolean loopback) {
    this.loopback = loopback;
    allowedOrigins =
        settings.allowedOrigins().stream().flatMap(text -> Origin.parse(text).stream()).toList();
    token = settings.token().map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  Admission decide(HttpRequest request) {
    Target target = Target.of(request.uri());
    Optional<Authority> host = hostOf(request.headers(), target);
    if (host.isEmpty()) {
      return new Refused(HttpStatus.BAD_REQUEST, "Exactly one valid Host header is needed.");
    }
    if (loopback && !host.get().isLoopbackName()) {
      return new Refused(
          HttpStatus.MISDIRECTED_REQUEST,
          "This daemon listens on loopback only; address it as localhost or 127.0.0.1.");
    }
    if (!request.method().equals(HttpMethod.GET)) {
      return notFound();
    }
    return switch (target.path()) {
      case "/health" -> new Health();
      case "/ws" -> upgrade(request, host.get());
      default -> notFound();
    };
  }

  private static Optional<Authority> hostOf(HttpHeaders headers, Target target) {
    List<String> hosts = headers.getAll("Host");
    if (hosts.size() != 1) {
      return Optional.empty();
    }
    Optional<Authority> host = Authority.parse(hosts.getFirst().strip());
    if (target.authority().isEmpty()) {
      return host;
    }
    // A target with a host of its own overrules Host. Where the two differ somebody plays tricks.
    Optional<Origin> named = Origin.parse(target.authority().get());
    boolean same = named.isPresent() && host.isPresent() && named.get().isOf(host.get());
    return same ? host : Optional.empty();
  }

  private Admission upgrade(HttpRequest request, Authority host) {
    HttpHeaders headers = request.headers();
    if (!asksForWebSocket(request)) {
      return new Refused(HttpStatus.BAD_REQUEST, "/ws speaks WebSocket only.");
    }
    if (!isOriginAllowed(headers.getAll("Origin"), host)) {
      return new Refused(
          HttpStatus.FORBIDDEN,
          "This Origin may not connect. Add it to allowedOrigins of the daemon to let it in.");
    }
    List<String> subprotocols = listed(headers, "Sec-WebSocket-Protocol");
    Optional<String> bearer = bearerSubprotocol(subprotocols);
    if (token.isPresent() && bearer.isEmpty() && !hasValidAuthorization(headers)) {
      return new Refused(
          HttpStatus.UNAUTHORIZED,
          "A token is needed: send \"Authorization: Bearer TOKEN\" or the subprotocol"
              + " bearer.TOKEN.");
    }
    if (!headers.getAll("Sec-WebSocket-Version").equals(List.of("13"))) {
      return new Refused(HttpStatus.UPGRADE_REQUIRED, "Only WebSocket version 13 is spoken.");
    }
    List<String> keys = headers.getAll("Sec-WebSocket-Key");
    if (keys.size() != 1 || !isKey(keys.getFirst().strip())) {
      return new Refused(
          HttpStatus.BAD_REQUEST, "Sec-WebSocket-Key must be 16 bytes, once, in Base64.");
    }
    return new Upgrade(keys.getFirst().strip(), bearer);
  }

  private static boolean asksForWebSocket(HttpRequest request) {
    HttpHeaders headers = request.headers();
    return request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && lists(headers, "Upgrade", "websocket")
        && lists(headers, "Connection", "upgrade")
        && !HttpGate.announcesBody(request);
  }

  private boolean isOriginAllowed(List<String> origins, Authority host) {
    if (origins.isEmpty()) {
      return true;
    }
    Optional<Origin> origin =
        origins.size() == 1 ? Origin.parse(origins.getFirst().strip()) : Optional.empty();
    return origin.isPresent()
        && (origin.get().isOf(host) || allowedOrigins.stream().anyMatch(origin.get()::sameAs));
  }

  /// Without a token set the first one offered is taken all the same: a browser ends a connection
  /// on which none of its offers is echoed.
  private Optional<String> bearerSubprotocol(List<String> subprotocols) {
    return subprotocols.stream()
        .filter(name -> name.startsWith(SUBPROTOCOL_PREFIX))
        .filter(name -> name.chars().allMatch(c -> c > ' ' && c < 0x7f))
        .filter(name -> token.isEmpty() || isToken(name.substring(SUBPROTOCOL_PREFIX.length())))
        .findFirst();
  }

  private boolean hasValidAuthorization(HttpHeaders headers) {
    List<String> values = headers.getAll("Authorization");
    if (values.size() != 1) {
      return false;
    }
    String value = values.getFirst().strip();
    int length = AUTHORIZATION_PREFIX.length();
    return value.regionMatches(true, 0, AUTHORIZATION_PREFIX, 0, length)
        && isToken(value.substring(length).strip());
  }

  /// In constant time, so that the time to refuse tells nothing about how much was right.
  private boolean isToken(String candidate) {
    return token.isPresent()
        && MessageDigest.isEqual(token.get(), candidate.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isKey(String key) {
    return key.length() == KEY_CHARACTERS
        && key.endsWith("==")
        && key.chars().limit(KEY_CHARACTERS - 2).allMatch(AdmissionRules::isBase64);
  }

  private static boolean isBase64(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  private static boolean lists(HttpHeaders headers, String name, String value) {
    return listed(headers, name).stream().anyMatch(value::equalsIgnoreCase);
  }

  private static List<String> listed(HttpHeaders headers, String name) {
    List<String> values = new ArrayList<>();
    for (String line : headers.getAll(name)) {
      for (String value : line.split(",", -1)) {
        values.add(value.strip());
      }
    }
    return values;
  }

  private static Admission notFound() {
    return new Refused(HttpStatus.NOT_FOUND, HttpStatus.NOT_FOUND.phrase());
  }

  /// A request target: its path, and with an absolute one `scheme://authority` too.
  private record Target(Optional<String> authority, String path) {
    static Target of(String uri) {
      int query = uri.indexOf('?');
      String bare = query < 0 ? uri : uri.substring(0, query);
      String lower = bare.toLowerCase(Locale.ROOT);
      if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
        return new Target(Optional.empty(), bare);
      }
      int path = bare.indexOf('/', "https://".length());
      return path < 0
          ? new Target(Optional.of(bare), "/")
          : new Target(Optional.of(bare.substring(0, path)), bare.substring(path));
    }
  }
}
