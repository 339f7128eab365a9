package com.commaagents.models.bedrock;

import com.commaagents.engine.model.Model.PartListener;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.http.ProviderErrors;
import com.commaagents.models.wire.AnswerReader;
import com.commaagents.models.wire.AnswerTool;
import com.commaagents.models.wire.WireFormat;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// The method `ConverseStream`.
///
/// Source: Amazon Bedrock API reference, "ConverseStream".
///
/// @param model a model's id, or the id or name of an inference profile
public record ConverseFormat(String model) implements WireFormat {
  // Of all models these can be made to call a tool.
  private static final Pattern OBEDIENT =
      Pattern.compile("(.*[./])?(anthropic\\.|amazon\\.nova|mistral\\.mistral-large).*");

  @Override
  public ObjectNode body(ModelRequest request) {
    return new ConverseRequest(this, request).body();
  }

  @Override
  public AnswerReader reader(ModelRequest request, ProviderErrors errors, PartListener listener) {
    return new ConverseStream(errors, listener, answersByTool(request));
  }

  boolean answersByTool(ModelRequest request) {
    return AnswerTool.fits(request) && OBEDIENT.matcher(model).matches();
  }
}
