package com.commaagents.models.github;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.models.http.FetchedToken;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.http.Secrets;
import com.commaagents.models.http.StreamingHttp;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Exchanges a GitHub token for one of Copilot's. Thread-safe.
///
/// Source: GitHub's `copilot_internal/v2/token`, as editors use it.
public final class CopilotTokens implements FetchedToken.Source {
  /// Where GitHub gives them.
  public static final String URL = "https://api.github.com/copilot_internal/v2/token";

  // When GitHub does not say how long.
  private static final Duration USUAL_LIFE = Duration.ofMinutes(25);

  private final StreamingHttp http;
  private final URI url;
  private final String gitHubToken;
  private final Clock clock;
  private final ProviderErrors errors;

  public CopilotTokens(
      StreamingHttp http, String provider, URI url, String gitHubToken, Clock clock) {
    this.http = http;
    this.url = url;
    this.gitHubToken = gitHubToken;
    this.clock = clock;
    Secrets secrets = new Secrets(List.of(gitHubToken));
    this.errors = new ProviderErrors(provider, url, () -> secrets, clock);
  }

  @Override
  public FetchedToken.Token fetch() throws ModelFailure, InterruptedException {
    Map<String, String> headers =
        Map.of("authorization", "token " + gitHubToken, "accept", "application/json");
    JsonNode json = FetchedToken.json(() -> http.get(url, headers), errors);
    String token =
        Json.text(json, "token")
            .filter(text -> !text.isEmpty())
            .orElseThrow(() -> errors.unusable("it gave no token for GitHub Copilot"));
    JsonNode expiresAt = json.path("expires_at");
    return new FetchedToken.Token(
        token,
        expiresAt.isIntegralNumber()
            ? Instant.ofEpochSecond(expiresAt.asLong())
            : clock.now().plus(USUAL_LIFE));
  }
}
