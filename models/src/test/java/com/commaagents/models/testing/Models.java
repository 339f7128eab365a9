package com.commaagents.models.testing;

import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.models.anthropic.AnthropicModel;
import com.commaagents.models.http.Endpoint;
import com.commaagents.models.http.Secrets;
import com.commaagents.models.http.StreamingHttp;
import com.commaagents.models.openai.Dialect;
import com.commaagents.models.openai.OpenAiModel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Models behind a [SocketServer], whose key is [#KEY].
public final class Models {
  public static final String KEY = "sk-very-secret-key";

  private Models() {}

  public static OpenAiModel openai(StreamingHttp http, SocketServer server, Clock clock) {
    return openai(http, server, clock, Dialect.compatible("mock"), "text");
  }

  public static OpenAiModel openai(
      StreamingHttp http, SocketServer server, Clock clock, Dialect dialect, String model) {
    Endpoint endpoint =
        endpoint(
            http,
            server.baseUrl() + "/chat/completions",
            clock,
            dialect.providerId(),
            Map.of("authorization", "Bearer " + KEY));
    return new OpenAiModel(info("mock/" + model), model, dialect, endpoint, () -> "id-1");
  }

  public static AnthropicModel anthropic(StreamingHttp http, SocketServer server, Clock clock) {
    return anthropic(http, server, clock, "claude-sonnet-4-5");
  }

  public static AnthropicModel anthropic(
      StreamingHttp http, SocketServer server, Clock clock, String model) {
    Endpoint endpoint =
        endpoint(
            http, server.baseUrl() + "/messages", clock, "anthropic", Map.of("x-api-key", KEY));
    return new AnthropicModel(info("anthropic/" + model), model, endpoint);
  }

  public static ModelInfo info(String name) {
    return new ModelInfo(name, OptionalLong.empty(), OptionalLong.empty());
  }

  private static Endpoint endpoint(
      StreamingHttp http, String url, Clock clock, String provider, Map<String, String> headers) {
    return new Endpoint(http, clock, provider, URI.create(url), headers, new Secrets(List.of(KEY)));
  }
}
