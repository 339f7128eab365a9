package com.commaagents.models;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.http.Access;
import com.commaagents.models.http.Endpoint;
import com.commaagents.models.http.FetchedToken;
import com.commaagents.models.http.Secrets;
import com.commaagents.models.stream.Framing;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What one provider is called with: the address, the headers and what to keep out of messages, as
/// a credential has them. Opens no connection. Used by one thread.
final class Connection {
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[ -~\\t]*");
  private static final Set<String> OWNED_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final Calling calling;
  private final Provider provider;
  private final Optional<Credential> credential;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> secrets = new ArrayList<>();

  Connection(Calling calling, Provider provider, Optional<Credential> credential) {
    this.calling = calling;
    this.provider = provider;
    this.credential = credential;
    token().ifPresent(secrets::add);
  }

  Calling calling() {
    return calling;
  }

  Provider provider() {
    return provider;
  }

  /// The key or token.
  ///
  /// @throws Fault `CREDENTIALS` when it has expired
  Optional<String> token() {
    return credential.flatMap(found ->
        switch (found) {
          case Credential.ApiKey(var key) -> Optional.of(key);
          case Credential.OAuth token -> Optional.of(unexpired(token));
          case Credential.Custom custom -> custom.apiKey();
        });
  }

  boolean isOAuth() {
    return credential.isPresent() && credential.get() instanceof Credential.OAuth;
  }

  /// A further field of a credential of type `custom`.
  Optional<String> field(String name) {
    return credential.isPresent() && credential.get() instanceof Credential.Custom custom
        ? custom.text(name)
        : Optional.empty();
  }

  /// A field of the credential, else the first of these variables that is set.
  Optional<String> setting(String field, String... variables) {
    return field(field)
        .or(() ->
            Arrays.stream(variables)
                .flatMap(name -> calling.environment().apply(name).stream())
                .findFirst());
  }

  /// As [#setting], where nothing works without.
  ///
  /// @throws Fault `CREDENTIALS` when it is set nowhere
  String needed(String field, String... variables) {
    return setting(field, variables)
        .orElseThrow(() -> Advice.missingSetting(provider.id(), field, variables[0]));
  }

  /// The address in the credential.
  Optional<String> ownBaseUrl() {
    return credential.isPresent() && credential.get() instanceof Credential.Custom custom
        ? custom.baseUrl()
        : Optional.empty();
  }

  /// The address in the credential, else in a variable.
  Optional<String> ownBaseUrl(String variable) {
    return ownBaseUrl().or(() -> calling.environment().apply(variable));
  }

  /// The address in the credential, else the provider's own.
  String baseUrl() {
    return ownBaseUrl()
        .or(provider::baseUrl)
        .orElseThrow(() -> Advice.missingBaseUrl(provider.id()));
  }

  Connection header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /// Shows a token that is not the usual one.
  Connection showBearer(String token) {
    return hide(token).header("authorization", "Bearer " + token);
  }

  /// Keeps a further value out of messages.
  Connection hide(String secret) {
    secrets.add(secret);
    return this;
  }

  /// Shows an access token as a bearer's, and a key in this header.
  Connection showBearerOrKey(String header) {
    return isOAuth() ? showBearer() : show(header, "");
  }

  Connection showBearer() {
    return show("authorization", "Bearer ");
  }

  Endpoint endpoint(String base, String path, Framing framing) {
    Map<String, String> all = allHeaders();
    return endpoint(base, path, framing, Access.of(all, new Secrets(secrets)));
  }

  /// Where what is shown is a token that `source` gives.
  Endpoint endpoint(String base, String path, Framing framing, FetchedToken.Source source) {
    return endpoint(
        base, path, framing, new FetchedToken(source, allHeaders(), secrets, calling.clock()));
  }

  Endpoint endpoint(String base, String path, Framing framing, Access access) {
    return new Endpoint(
        calling.http(), calling.clock(), provider.id(), url(base, path), framing, access);
  }

  /// The headers so far, and over them those of the credential.
  Map<String, String> allHeaders() {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    if (credential.isPresent() && credential.get() instanceof Credential.Custom custom) {
      all.putAll(custom.headers());
      secrets.addAll(custom.headers().values());
    }
    all.forEach(this::checkHeader);
    return all;
  }

  /// A text as one segment of an address.
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  URI url(String base, String path) {
    try {
      URI url = new URI(base.strip().replaceAll("/+$", "") + path);
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isHttp && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException notAnAddress) {
      // Told below without the address: it may hold a password.
    }
    throw new Fault(
        FaultCode.INVALID_INPUT,
        "the baseURL in the credential of the provider "
            + provider.id()
            + " is no http or https address");
  }

  private Connection show(String header, String prefix) {
    token().ifPresent(token -> headers.put(header, prefix + token));
    return this;
  }

  private String unexpired(Credential.OAuth token) {
    if (token.expiresAt().isPresent() && !token.expiresAt().get().isAfter(calling.clock().now())) {
      throw new Fault(
          FaultCode.CREDENTIALS,
          "the access token of the provider "
              + provider.id()
              + " expired at "
              + token.expiresAt().get()
              + " and its credential does not say how to renew it: store a new one with"
              + " set_credential, or add refreshToken, tokenUrl and clientId to its entry in"
              + " credentials.json");
    }
    return token.accessToken();
  }

  // The client would refuse these too, with the value in its message.
  private void checkHeader(String name, String value) {
    if (!HEADER_NAME.matcher(name).matches()
        || OWNED_HEADERS.contains(name.toLowerCase(Locale.ROOT))
        || !HEADER_VALUE.matcher(value).matches()) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "the credential of the provider "
              + provider.id()
              + " cannot be sent: its header "
              + name.replaceAll("[^!-~]", "?")
              + " has a forbidden name, or a value with other than printable ASCII characters");
    }
  }
}
