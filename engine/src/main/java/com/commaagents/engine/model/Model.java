package com.commaagents.engine.model;

/// Port: one language model of one provider. Thread-safe.
public interface Model {
  ModelInfo info();

  /// Makes one round-trip: sends the request, hands each part to `listener` on the calling thread
  /// as it arrives, and returns when the model has finished. Does not retry.
  ///
  /// An interruption closes the connection at once.
  ///
  /// @throws ModelFailure when the provider refused, broke off or ended without a finish
  TurnEnd generate(ModelRequest request, PartListener listener)
      throws ModelFailure, InterruptedException;

  /// Gets what a model streams; may block, which slows the reading of the answer down.
  @FunctionalInterface
  interface PartListener {
    void part(ModelPart part) throws InterruptedException;
  }
}
