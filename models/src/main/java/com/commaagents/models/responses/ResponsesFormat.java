package com.commaagents.models.responses;

import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.WireFormat;
import tools.jackson.databind.node.ObjectNode;

/// Responses.
///
/// Source: OpenAI API reference, "Create a model response" and "Streaming events"; xAI, "Comparison
/// with Chat Completions API".
///
/// @param providerId whose `providerOptions` are merged into the request, and under whose name what
///   it needs to get its thinking back is kept
/// @param model the provider's own name for it
/// @param thinks whether the model is one that thinks, and gets its thinking back
public record ResponsesFormat(String providerId, String model, boolean thinks)
    implements WireFormat {
  @Override
  public ObjectNode body(ModelRequest request) {
    return new ResponsesRequest(this, request).body();
  }

  @Override
  public AnswerReader reader(ModelRequest request, ProviderErrors errors, PartListener listener) {
    return new ResponseStream(providerId, errors, listener);
  }
}
