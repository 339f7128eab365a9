package com.commaagents.models;

import java.util.Optional;

/// A provider and its own name for a model, which may hold slashes, colons and commas.
record ModelName(String providerId, String modelId) {

  /// The two sides of the first slash; empty where there is none, or nothing on a side of it.
  static Optional<ModelName> parse(String name) {
    int slash = name.indexOf('/');
    return slash <= 0 || slash == name.length() - 1
        ? Optional.empty()
        : Optional.of(new ModelName(name.substring(0, slash), name.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return providerId + "/" + modelId;
  }
}
