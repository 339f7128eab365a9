package com.commaagents.models.cohere;

import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.WireFormat;
import tools.jackson.databind.node.ObjectNode;

/// The method `/v2/chat`.
///
/// Source: Cohere API reference, "Chat" and "Chat with streaming", version 2.
///
/// @param model the provider's own name for it
public record CohereFormat(String model) implements WireFormat {
  @Override
  public ObjectNode body(ModelRequest request) {
    return new CohereRequest(model, request).body();
  }

  @Override
  public AnswerReader reader(ModelRequest request, ProviderErrors errors, PartListener listener) {
    return new CohereStream(errors, listener);
  }
}
