package com.commaagents.models.credentials;

/// Port: credentials that other programs keep in files of their own. Thread-safe.
@FunctionalInterface
public interface CredentialSource {
  /// Nobody keeps any.
  CredentialSource NONE = _ -> new Found.Nothing();

  /// What there is for a provider. Never fails: a file that cannot be read is a reason.
  Found of(String providerId);

  /// What was found.
  sealed interface Found {
    record Here(Credential credential) implements Found {}

    /// There is something that cannot be used.
    ///
    /// @param why in words, without any value of it, and what to do next
    record Unusable(String why) implements Found {}

    record Nothing() implements Found {}
  }
}
