package com.commaagents.engine.model;

import com.commaagents.engine.conversation.Spent;
import java.util.Optional;
import java.util.OptionalLong;

/// What is known of a model before it is called.
///
/// @param name `provider/model`, as clients are told
/// @param contextWindow in tokens; empty where the catalogue does not know the model
/// @param maxInputTokens in tokens; empty where the context window is the limit
/// @param price empty where nobody knows it
public record ModelInfo(
    String name,
    OptionalLong contextWindow,
    OptionalLong maxInputTokens,
    Optional<ModelPrice> price) {

  /// A model whose price nobody knows.
  public ModelInfo(String name, OptionalLong contextWindow, OptionalLong maxInputTokens) {
    this(name, contextWindow, maxInputTokens, Optional.empty());
  }

  /// What a round-trip with it has spent.
  public Spent spent(TurnEnd end) {
    return Spent.of(end.usage(), price.map(known -> known.of(end)));
  }

  public ModelInfo withPrice(ModelPrice known) {
    return new ModelInfo(name, contextWindow, maxInputTokens, Optional.of(known));
  }
}
