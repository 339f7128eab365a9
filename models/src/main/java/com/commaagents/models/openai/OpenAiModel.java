package com.commaagents.models.openai;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.http.Endpoint;

/// A model behind a chat completions endpoint. Thread-safe.
///
/// Source: OpenAI API reference, "Create chat completion", streaming.
public final class OpenAiModel implements Model {
  private final ModelInfo info;
  private final String model;
  private final Dialect dialect;
  private final Endpoint endpoint;
  private final IdGenerator ids;

  /// @param model the provider's own name for it
  /// @param endpoint the address that ends in `/chat/completions`
  /// @param ids for tool calls that come without an id
  public OpenAiModel(
      ModelInfo info, String model, Dialect dialect, Endpoint endpoint, IdGenerator ids) {
    this.info = info;
    this.model = model;
    this.dialect = dialect;
    this.endpoint = endpoint;
    this.ids = ids;
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public TurnEnd generate(ModelRequest request, PartListener listener)
      throws ModelFailure, InterruptedException {
    byte[] body = Json.writeBytes(new ChatRequest(dialect, model, request).body());
    ChatStream stream = new ChatStream(endpoint.errors(), ids, listener);
    endpoint.stream(body, stream);
    return stream.end();
  }
}
