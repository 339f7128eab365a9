package com.commaagents.models.anthropic;

import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.AnswerTool;
import com.commaagents.models.wire.ClosedSchema;
import com.commaagents.models.wire.WireFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Anthropic's messages.
///
/// Source: Anthropic API reference, "Messages" and "Streaming messages", version 2023-06-01.
///
/// @param model the provider's own name for it
/// @param enforcesSchema whether a schema of the answer can be told as such
public record MessagesFormat(String model, boolean enforcesSchema) implements WireFormat {
  /// The value of the `anthropic-version` header this speaks.
  public static final String VERSION = "2023-06-01";

  @Override
  public ObjectNode body(ModelRequest request) {
    return new MessagesRequest(this, request).body();
  }

  @Override
  public AnswerReader reader(ModelRequest request, ProviderErrors errors, PartListener listener) {
    return new MessageStream(errors, listener, answersByTool(request));
  }

  boolean answersByTool(ModelRequest request) {
    return schema(request).isEmpty() && AnswerTool.fits(request);
  }

  /// The schema of the answer as the API takes it; empty where it takes none.
  Optional<JsonNode> schema(ModelRequest request) {
    return request.outputSchema().filter(_ -> enforcesSchema).flatMap(ClosedSchema::of);
  }
}
