package com.commaagents.models.anthropic;

import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.AnswerTool;
import com.commaagents.models.wire.WireFormat;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's messages.
///
/// Source: Anthropic API reference, "Messages" and "Streaming messages", version 2023-06-01.
///
/// @param model the provider's own name for it
public record MessagesFormat(String model) implements WireFormat {
  /// The value of the `anthropic-version` header this speaks.
  public static final String VERSION = "2023-06-01";

  @Override
  public ObjectNode body(ModelRequest request) {
    return new MessagesRequest(model, request).body();
  }

  @Override
  public AnswerReader reader(ModelRequest request, ProviderErrors errors, PartListener listener) {
    return new MessageStream(errors, listener, AnswerTool.fits(request));
  }
}
