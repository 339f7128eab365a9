package com.commaagents.models.anthropic;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.http.Endpoint;

/// A model behind an Anthropic messages endpoint. Thread-safe.
///
/// Source: Anthropic API reference, "Messages" and "Streaming messages", version 2023-06-01.
public final class AnthropicModel implements Model {
  /// The value of the `anthropic-version` header this speaks.
  public static final String VERSION = "2023-06-01";

  private final ModelInfo info;
  private final String model;
  private final Endpoint endpoint;

  /// @param model the provider's own name for it
  /// @param endpoint the address that ends in `/messages`
  public AnthropicModel(ModelInfo info, String model, Endpoint endpoint) {
    this.info = info;
    this.model = model;
    this.endpoint = endpoint;
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public TurnEnd generate(ModelRequest request, PartListener listener)
      throws ModelFailure, InterruptedException {
    byte[] body = Json.writeBytes(new MessagesRequest(model, request).body());
    MessageStream stream = new MessageStream(endpoint.errors(), listener);
    endpoint.stream(body, stream);
    return stream.end();
  }
}
