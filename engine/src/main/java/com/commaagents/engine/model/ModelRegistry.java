package com.commaagents.engine.model;

/// Port: finds models by name. Thread-safe.
public interface ModelRegistry {
  /// The model for a name: `provider/model`, whose model part may hold further slashes, or a bare
  /// model id. Opens no connection; asked before an agent's first call, not at preparation, so that
  /// a run can be prepared without a key.
  ///
  /// @throws com.commaagents.base.fault.Fault `CREDENTIALS` when the provider's credential is
  ///   missing, with how to set it; `NOT_FOUND` when no provider offers the model; `INVALID_INPUT`
  ///   when the name or a script is malformed
  Model model(String name, ModelScope scope);

  /// What is known of a model without a credential; never fails.
  ModelInfo info(String name);
}
