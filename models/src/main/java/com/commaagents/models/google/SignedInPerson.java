package com.commaagents.models.google;

import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.models.http.FetchedToken;
import com.commaagents.models.http.Secrets;
import com.commaagents.models.http.StreamingHttp;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Exchanges what a person signed in with at `gcloud` for an access token. Thread-safe.
///
/// Source: Google, "Using OAuth 2.0 for installed applications"; RFC 6749, 6.
public final class SignedInPerson implements FetchedToken.Source {
  private static final int BAD_REQUEST = 400;

  private final TokenRequest request;
  private final SequencedMap<String, String> form = new LinkedHashMap<>();
  private final Clock clock;

  public SignedInPerson(StreamingHttp http, String provider, URI url, Grant grant, Clock clock) {
    Secrets secrets = new Secrets(List.of(grant.clientSecret(), grant.refreshToken()));
    this.request = new TokenRequest(http, provider, url, secrets, clock);
    this.clock = clock;
    form.put("grant_type", "refresh_token");
    form.put("client_id", grant.clientId());
    form.put("client_secret", grant.clientSecret());
    form.put("refresh_token", grant.refreshToken());
  }

  /// What the tool has kept.
  public record Grant(String clientId, String clientSecret, String refreshToken) {
    @Override
    public String toString() {
      return "Grant[***]";
    }
  }

  @Override
  public FetchedToken.Token fetch() throws ModelFailure, InterruptedException {
    try {
      return request.send(form, clock.now());
    } catch (ModelFailure refused) {
      if (refused.status().orElse(0) != BAD_REQUEST) {
        throw refused;
      }
      throw new ModelFailure(
          refused.message() + "; sign in anew by `gcloud auth application-default login`",
          refused.status(),
          false,
          refused.retryAfter());
    }
  }
}
