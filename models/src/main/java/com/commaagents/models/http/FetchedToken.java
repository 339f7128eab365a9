package com.commaagents.models.http;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Shows a short-lived token that is given for a lasting credential; fetches it at the first
/// request and again when it is about to expire. Thread-safe: two requests at once may fetch it
/// twice.
public final class FetchedToken implements Access {
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final Source source;
  private final Map<String, String> headers;
  private final List<String> lasting;
  private final Clock clock;
  private volatile Optional<Token> current = Optional.empty();

  /// Where tokens come from.
  @FunctionalInterface
  public interface Source {
    /// @throws ModelFailure when the credential is refused, or nobody answers
    Token fetch() throws ModelFailure, InterruptedException;
  }

  public record Token(String value, Instant expiresAt) {
    @Override
    public String toString() {
      return "Token[***]";
    }
  }

  /// @param headers sent with every request
  /// @param lasting the secrets that the token is given for
  public FetchedToken(
      Source source, Map<String, String> headers, Collection<String> lasting, Clock clock) {
    this.source = source;
    this.headers = Map.copyOf(headers);
    this.lasting = List.copyOf(lasting);
    this.clock = clock;
  }

  @Override
  public Map<String, String> headers(URI url, byte[] body)
      throws ModelFailure, InterruptedException {
    Optional<Token> known = current;
    if (known.isEmpty() || !clock.now().plus(MARGIN).isBefore(known.get().expiresAt())) {
      known = Optional.of(source.fetch());
      current = known;
    }
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    all.put("authorization", "Bearer " + known.get().value());
    return all;
  }

  @Override
  public Secrets secrets() {
    List<String> all = new ArrayList<>(lasting);
    current.ifPresent(token -> all.add(token.value()));
    return new Secrets(all);
  }

  /// What a token's source answered, as JSON.
  ///
  /// @throws ModelFailure when it refused, or said what is no JSON
  public static JsonNode json(Exchange exchange, ProviderErrors errors)
      throws ModelFailure, InterruptedException {
    try (HttpAnswer answer = exchange.call()) {
      if (answer.status() != 200) {
        throw errors.refused(answer);
      }
      Optional<JsonNode> json = Json.parse(answer.text());
      return json.orElseThrow(() -> errors.unusable("its token is no JSON"));
    } catch (IOException broken) {
      throw errors.broken(broken);
    }
  }

  /// One call of a token's source.
  @FunctionalInterface
  public interface Exchange {
    HttpAnswer call() throws IOException, InterruptedException;
  }
}
