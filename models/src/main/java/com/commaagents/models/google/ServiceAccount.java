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
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Exchanges the key of a Google service account for an access token. Thread-safe.
///
/// Source: Google, "Using OAuth 2.0 for server to server applications"; RFC 7523.
public final class ServiceAccount implements FetchedToken.Source {
  /// Where Google gives them.
  public static final String URL = "https://oauth2.googleapis.com/token";

  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final Duration LIFE = Duration.ofHours(1);

  private final StreamingHttp http;
  private final URI url;
  private final String email;
  private final PrivateKey key;
  private final Clock clock;
  private final ProviderErrors errors;

  public ServiceAccount(
      StreamingHttp http, String provider, URI url, String email, PrivateKey key, Clock clock) {
    this.http = http;
    this.url = url;
    this.email = email;
    this.key = key;
    this.clock = clock;
    Secrets none = new Secrets(List.of());
    this.errors = new ProviderErrors(provider, url, () -> none, clock);
  }

  /// The private key of a service account's file; empty when the text holds none.
  public static Optional<PrivateKey> key(String pem) {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\\\n|\\s", "");
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return Optional.of(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    } catch (IllegalArgumentException | GeneralSecurityException noKey) {
      return Optional.empty();
    }
  }

  @Override
  public FetchedToken.Token fetch() throws ModelFailure, InterruptedException {
    Instant now = clock.now();
    String form =
        "grant_type="
            + URLEncoder.encode(GRANT, StandardCharsets.UTF_8)
            + "&assertion="
            + assertion(now);
    Map<String, String> headers = Map.of("content-type", "application/x-www-form-urlencoded");
    JsonNode json =
        FetchedToken.json(
            () -> http.post(url, headers, form.getBytes(StandardCharsets.US_ASCII)), errors);
    String token =
        Json.text(json, "access_token")
            .filter(text -> !text.isEmpty())
            .orElseThrow(() -> errors.unusable("it gave no access token"));
    int seconds = Json.integer(json, "expires_in").orElse((int) LIFE.toSeconds());
    return new FetchedToken.Token(token, now.plusSeconds(seconds));
  }

  private String assertion(Instant now) {
    JsonNode header = Json.object().put("alg", "RS256").put("typ", "JWT");
    JsonNode claims =
        Json.object()
            .put("iss", email)
            .put("scope", SCOPE)
            .put("aud", url.toString())
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(LIFE).getEpochSecond());
    String signed = base64(Json.writeBytes(header)) + "." + base64(Json.writeBytes(claims));
    return signed + "." + base64(signature(signed));
  }

  private byte[] signature(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
