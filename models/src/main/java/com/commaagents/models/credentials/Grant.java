package com.commaagents.models.credentials;

import java.time.Instant;
import java.util.Optional;

/// An access token with all its entry says of how it is renewed. Its `toString` holds no value.
///
/// @param scope where in the file it stands
/// @param tokenUrl where it is renewed
record Grant(
    String scope,
    String providerId,
    String accessToken,
    Optional<Instant> expiresAt,
    Optional<String> refreshToken,
    Optional<String> tokenUrl,
    Optional<String> clientId,
    Optional<String> clientSecret) {

  boolean isRenewable() {
    return refreshToken.isPresent() && tokenUrl.isPresent();
  }

  /// For messages, and as a key.
  String place() {
    return scope + "." + providerId;
  }

  @Override
  public String toString() {
    return "Grant[" + place() + "]";
  }
}
