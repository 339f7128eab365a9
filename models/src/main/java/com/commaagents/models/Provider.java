package com.commaagents.models;

import com.commaagents.models.openai.Dialect;
import java.util.List;
import java.util.Optional;

/// A provider that is built in.
///
/// @param title its name for people
/// @param wire what it speaks
/// @param baseUrl where it is; empty where only a credential can say
/// @param environment the variables its key may be in, the first that is set counts
/// @param needsKey whether a call without a key makes no sense
record Provider(
    String id,
    String title,
    Wire wire,
    Optional<String> baseUrl,
    List<String> environment,
    boolean needsKey) {

  /// What a provider speaks.
  sealed interface Wire {
    record ChatCompletions(Dialect dialect) implements Wire {}

    record Messages() implements Wire {}

    record Scripts() implements Wire {}

    /// A wire that is not built yet.
    record Unbuilt() implements Wire {}
  }
}
