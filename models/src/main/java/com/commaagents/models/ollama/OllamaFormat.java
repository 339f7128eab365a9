package com.commaagents.models.ollama;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.WireFormat;
import tools.jackson.databind.node.ObjectNode;

/// The method `/api/chat`.
///
/// Source: Ollama's API documentation, "Generate a chat completion".
///
/// @param model its name and tag
/// @param ids for tool calls that come without an id
public record OllamaFormat(String model, IdGenerator ids) implements WireFormat {
  @Override
  public ObjectNode body(ModelRequest request) {
    return new OllamaRequest(model, request).body();
  }

  @Override
  public AnswerReader reader(ModelRequest request, ProviderErrors errors, PartListener listener) {
    return new OllamaStream(errors, ids, listener);
  }
}
