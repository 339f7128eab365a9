package com.commaagents.models.credentials;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.models.rest.JsonHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Exchanges a refresh token for an access token. Thread-safe.
///
/// Source: RFC 6749, 6 (refreshing an access token), 5.1 and 5.2 (answers); RFC 8252, 8.3 lets only
/// loopback go without TLS.
final class TokenEndpoint {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
  private static final int MAX_MESSAGE = 300;

  private final JsonHttp http;
  private final Clock clock;

  /// What came back; its `toString` holds no value.
  record Tokens(String accessToken, Optional<Instant> expiresAt, Optional<String> refreshToken) {
    @Override
    public String toString() {
      return "Tokens[***]";
    }
  }

  TokenEndpoint(JsonHttp http, Clock clock) {
    this.http = http;
    this.clock = clock;
  }

  /// @throws Fault `CREDENTIALS` when the endpoint refuses; `UPSTREAM` when it cannot be reached;
  ///   `INVALID_INPUT` when its address is none
  Tokens renewed(Grant grant) throws InterruptedException {
    Map<String, String> form = new TreeMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", grant.refreshToken().orElse(""));
    grant.clientId().ifPresent(id -> form.put("client_id", id));
    grant.clientSecret().ifPresent(secret -> form.put("client_secret", secret));
    try {
      JsonHttp.Answer answer = http.post(address(grant), form);
      JsonNode body = answer.body().orElseGet(Json::object);
      Optional<String> token = Json.text(body, "access_token").filter(text -> !text.isBlank());
      if (answer.status() != 200 || token.isEmpty()) {
        throw refused(grant, answer.status(), body);
      }
      return new Tokens(
          token.get(),
          expiry(Json.integer(body, "expires_in")),
          Json.text(body, "refresh_token").filter(text -> !text.isBlank()));
    } catch (IOException unreachable) {
      throw failed(
          FaultCode.UPSTREAM, grant, String.valueOf(unreachable.getMessage()), "try again later");
    }
  }

  private Optional<Instant> expiry(OptionalInt seconds) {
    return seconds.isPresent() && seconds.getAsInt() > 0
        ? Optional.of(clock.now().plusSeconds(seconds.getAsInt()))
        : Optional.empty();
  }

  private static URI address(Grant grant) {
    try {
      URI url = new URI(grant.tokenUrl().orElse(""));
      boolean isSafe =
          "https".equals(url.getScheme())
              || ("http".equals(url.getScheme())
                  && LOOPBACK.contains(String.valueOf(url.getHost())));
      if (isSafe && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException notAnAddress) {
      // Told below without the address: it may hold a password.
    }
    throw failed(
        FaultCode.INVALID_INPUT, grant, "its tokenUrl is no https address", "correct it there");
  }

  private static Fault refused(Grant grant, int status, JsonNode body) {
    String said =
        Stream.of("error", "error_description")
            .flatMap(field -> Json.text(body, field).stream())
            .reduce("", (one, other) -> one + ": " + other);
    String masked = masked(grant, said).replaceAll("\\s+", " ");
    String told = masked.length() <= MAX_MESSAGE ? masked : masked.substring(0, MAX_MESSAGE) + "…";
    return failed(
        FaultCode.CREDENTIALS,
        grant,
        "its token endpoint answered " + status + told,
        "sign in anew and store the new token with set_credential");
  }

  private static String masked(Grant grant, String text) {
    String masked = text.replace(grant.accessToken(), "***");
    for (Optional<String> secret : List.of(grant.refreshToken(), grant.clientSecret())) {
      masked = secret.isPresent() ? masked.replace(secret.get(), "***") : masked;
    }
    return masked;
  }

  private static Fault failed(FaultCode code, Grant grant, String why, String advice) {
    return new Fault(
        code,
        "the access token of the provider "
            + grant.providerId()
            + " (entry "
            + grant.place()
            + " of credentials.json)"
            + grant.expiresAt().map(at -> ", which expires at " + at + ",").orElse("")
            + " could not be renewed: "
            + why
            + "; "
            + advice);
  }
}
