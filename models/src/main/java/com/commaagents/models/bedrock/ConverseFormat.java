package com.commaagents.models.bedrock;

import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.AnswerTool;
import com.commaagents.models.wire.ClaudeModels;
import com.commaagents.models.wire.ClosedSchema;
import com.commaagents.models.wire.WireFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The method `ConverseStream`.
///
/// Source: Amazon Bedrock API reference, "ConverseStream"; "Get validated JSON results from
/// models".
///
/// @param model a model's id, or the id or name of an inference profile
public record ConverseFormat(String model) implements WireFormat {
  private static final Pattern CLAUDE = Pattern.compile("(.*[./])?anthropic\\..*");
  private static final Pattern NOVA = Pattern.compile("(.*[./])?amazon\\.nova.*");

  // Besides those two these can be made to call a tool.
  private static final Pattern OBEDIENT = Pattern.compile("(.*[./])?mistral\\.mistral-large.*");

  @Override
  public ObjectNode body(ModelRequest request) {
    return new ConverseRequest(this, request).body();
  }

  @Override
  public AnswerReader reader(ModelRequest request, ProviderErrors errors, PartListener listener) {
    return new ConverseStream(errors, listener, answersByTool(request));
  }

  boolean answersByTool(ModelRequest request) {
    boolean obeys = isClaude() || isNova() || OBEDIENT.matcher(model).matches();
    return obeys && schema(request).isEmpty() && AnswerTool.fits(request);
  }

  /// The schema of the answer as the model takes it; empty where it takes none.
  Optional<JsonNode> schema(ModelRequest request) {
    return request
        .outputSchema()
        .filter(_ -> ClaudeModels.enforceSchema(model))
        .flatMap(ClosedSchema::of);
  }

  boolean isClaude() {
    return CLAUDE.matcher(model).matches();
  }

  boolean isNova() {
    return NOVA.matcher(model).matches();
  }
}
