package com.commaagents.models;

import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A model whose every request has the same provider options.
record Optioned(Model model, Map<String, JsonNode> options) implements Model {
  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public TurnEnd generate(ModelRequest request, PartListener listener)
      throws ModelFailure, InterruptedException {
    return model.generate(
        new ModelRequest(
            request.agentName(),
            request.system(),
            request.messages(),
            request.tools(),
            request.options(),
            options,
            request.outputSchema()),
        listener);
  }
}
