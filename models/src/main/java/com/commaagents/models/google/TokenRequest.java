package com.commaagents.models.google;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.models.http.FetchedToken;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.http.Secrets;
import com.commaagents.models.http.StreamingHttp;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Asks Google for an access token. Thread-safe.
final class TokenRequest {
  /// Of a token that does not say.
  static final Duration LIFE = Duration.ofHours(1);

  private static final Map<String, String> HEADERS =
      Map.of("content-type", "application/x-www-form-urlencoded");

  private final StreamingHttp http;
  private final URI url;
  private final ProviderErrors errors;

  /// @param secrets what is sent
  TokenRequest(StreamingHttp http, String provider, URI url, Secrets secrets, Clock clock) {
    this.http = http;
    this.url = url;
    this.errors = new ProviderErrors(provider, url, () -> secrets, clock);
  }

  URI url() {
    return url;
  }

  /// @throws ModelFailure when it is refused, or nobody answers
  FetchedToken.Token send(SequencedMap<String, String> form, Instant now)
      throws ModelFailure, InterruptedException {
    byte[] body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"))
            .getBytes(StandardCharsets.US_ASCII);
    JsonNode json = FetchedToken.json(() -> http.post(url, HEADERS, body), errors);
    String token =
        Json.text(json, "access_token")
            .filter(text -> !text.isEmpty())
            .orElseThrow(() -> errors.unusable("it gave no access token"));
    int seconds = Json.integer(json, "expires_in").orElse((int) LIFE.toSeconds());
    return new FetchedToken.Token(token, now.plusSeconds(seconds));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
