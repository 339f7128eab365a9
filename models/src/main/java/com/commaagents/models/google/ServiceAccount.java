package com.commaagents.models.google;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.models.http.FetchedToken;
import com.commaagents.models.http.Secrets;
import com.commaagents.models.http.StreamingHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// Exchanges the key of a Google service account for an access token. Thread-safe.
///
/// Source: Google, "Using OAuth 2.0 for server to server applications"; RFC 7523.
public final class ServiceAccount implements FetchedToken.Source {
  /// Where Google gives them.
  public static final String URL = "https://oauth2.googleapis.com/token";

  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  private final TokenRequest request;
  private final String email;
  private final PrivateKey key;
  private final Clock clock;

  public ServiceAccount(
      StreamingHttp http, String provider, URI url, String email, PrivateKey key, Clock clock) {
    this.request = new TokenRequest(http, provider, url, Secrets.NONE, clock);
    this.email = email;
    this.key = key;
    this.clock = clock;
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
    SequencedMap<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", GRANT);
    form.put("assertion", assertion(now));
    return request.send(form, now);
  }

  private String assertion(Instant now) {
    JsonNode header = Json.object().put("alg", "RS256").put("typ", "JWT");
    JsonNode claims =
        Json.object()
            .put("iss", email)
            .put("scope", SCOPE)
            .put("aud", request.url().toString())
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(TokenRequest.LIFE).getEpochSecond());
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
