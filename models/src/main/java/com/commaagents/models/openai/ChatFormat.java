package com.commaagents.models.openai;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.WireFormat;
import tools.jackson.databind.node.ObjectNode;

/// Chat completions.
///
/// Source: OpenAI API reference, "Create chat completion", streaming.
///
/// @param model the provider's own name for it
/// @param ids for tool calls that come without an id
public record ChatFormat(Dialect dialect, String model, IdGenerator ids) implements WireFormat {
  @Override
  public ObjectNode body(ModelRequest request) {
    return new ChatRequest(dialect, model, request).body();
  }

  @Override
  public AnswerReader reader(ModelRequest request, ProviderErrors errors, PartListener listener) {
    return new ChatStream(dialect, errors, ids, listener);
  }
}
