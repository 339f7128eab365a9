package com.commaagents.models.anthropic;

import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.WireFormat;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's messages at Google's Vertex AI: the model stands in the address, the version in the
/// body.
///
/// Source: Anthropic, "Claude on Vertex AI".
///
/// @param messages what they are otherwise
public record VertexMessagesFormat(MessagesFormat messages) implements WireFormat {
  private static final String VERSION = "vertex-2023-10-16";

  @Override
  public ObjectNode body(ModelRequest request) {
    ObjectNode body = messages.body(request);
    body.remove("model");
    return body.put("anthropic_version", VERSION);
  }

  @Override
  public AnswerReader reader(ModelRequest request, ProviderErrors errors, PartListener listener) {
    return messages.reader(request, errors, listener);
  }
}
