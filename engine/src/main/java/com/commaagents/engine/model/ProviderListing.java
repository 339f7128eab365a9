package com.commaagents.engine.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A provider as it is listed for people: whether it can be called from here, and its models.
/// Nothing of a credential is in it.
///
/// @param title its name for people
/// @param credentialKind what its credential is, or would be
/// @param usable whether nothing is missing to call it: it has a credential, or needs none
/// @param fetchedAt when it was asked for its models
/// @param error why it could not be asked
/// @param custom whether it is not built in
public record ProviderListing(
    String id,
    String title,
    CredentialKind credentialKind,
    boolean usable,
    List<ModelFacts> models,
    Source source,
    Optional<Instant> fetchedAt,
    Optional<String> error,
    boolean custom) {
  public ProviderListing {
    models = List.copyOf(models);
  }

  public enum CredentialKind {
    API,
    OAUTH,
    CUSTOM,
    /// None is needed.
    NONE
  }

  /// Where the models of a listing come from.
  public enum Source {
    /// What is publicly known.
    CATALOG,
    /// What the provider itself says.
    LIVE,
    /// Those the provider names, with what is publicly known of them.
    MERGED,
    /// The provider could not be asked; the models are those of the catalogue.
    ERROR
  }
}
