package com.commaagents.models.google;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.WireFormat;
import tools.jackson.databind.node.ObjectNode;

/// The method `streamGenerateContent`.
///
/// Source: Gemini API reference, "Generating content"; "Thought signatures".
///
/// @param providerId whose `providerOptions` count, after those of `google`
/// @param model the provider's own name for it
/// @param ids for tool calls that come without an id
public record GenerateFormat(String providerId, String model, IdGenerator ids)
    implements WireFormat {
  @Override
  public ObjectNode body(ModelRequest request) {
    return new GenerateRequest(this, request).body();
  }

  @Override
  public AnswerReader reader(ModelRequest request, ProviderErrors errors, PartListener listener) {
    return new GenerateStream(errors, ids, listener);
  }

  /// Whether this is a model that insists on the signatures of its thoughts, and takes a schema of
  /// the answer beside tools.
  boolean isThirdGeneration() {
    return model.matches("(.*/)?gemini-([3-9]|\\d\\d).*");
  }
}
