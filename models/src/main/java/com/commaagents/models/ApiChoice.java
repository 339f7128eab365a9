package com.commaagents.models;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// A model that is offered by two of OpenAI's APIs: `providerOptions.PROVIDER.api` says which one
/// is called, `chat` or `responses`. Thread-safe.
///
/// @param usual the one that is called where a strategy says nothing
record ApiChoice(String providerId, Model chat, Model responses, Model usual) implements Model {
  @Override
  public ModelInfo info() {
    return usual.info();
  }

  @Override
  public TurnEnd generate(ModelRequest request, PartListener listener)
      throws ModelFailure, InterruptedException {
    return chosen(request).generate(request, listener);
  }

  private Model chosen(ModelRequest request) throws ModelFailure {
    JsonNode options = request.providerOptions().getOrDefault(providerId, Json.object());
    return switch (Json.text(options, "api").orElse("")) {
      case "" -> usual;
      case "chat" -> chat;
      case "responses" -> responses;
      default ->
          throw new ModelFailure(
              "providerOptions."
                  + providerId
                  + ".api of the agent "
                  + request.agentName()
                  + " must be chat or responses; correct it in the strategy file",
              OptionalInt.empty(),
              false,
              Optional.empty());
    };
  }
}
