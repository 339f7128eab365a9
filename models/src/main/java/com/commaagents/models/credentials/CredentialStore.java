package com.commaagents.models.credentials;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.models.credentials.CredentialSource.Found;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds and keeps credentials. Thread-safe.
///
/// A provider's credential is looked for in the strategy's own scope of the file, then in the
/// environment, then in the file's scope `$global`, and at last where other programs keep theirs.
/// The file is read again when it has changed, so an edit counts from the next call on.
public final class CredentialStore {
  /// The scope of all strategies.
  public static final String GLOBAL = "$global";

  private static final Credential NOTHING = new Credential.ApiKey("none");

  private final CredentialFile file;
  private final Function<String, Optional<String>> environment;
  private final CredentialSource elsewhere;

  /// @param file the path of `credentials.json`; it need not exist
  /// @param environment a variable's value by its name
  public CredentialStore(Path file, Function<String, Optional<String>> environment) {
    this(file, environment, CredentialSource.NONE);
  }

  /// As above.
  ///
  /// @param elsewhere is looked at last
  public CredentialStore(
      Path file, Function<String, Optional<String>> environment, CredentialSource elsewhere) {
    this.file = new CredentialFile(file);
    this.environment = environment;
    this.elsewhere = elsewhere;
  }

  /// The credential that counts for a provider.
  ///
  /// @param scope a strategy's name
  /// @param environmentNames the provider's variables, the first that is set counts
  /// @throws Fault `INVALID_INPUT` when the file, or the entry that is looked at, is malformed;
  ///   `PERSISTENCE` when the file cannot be read
  public Optional<Credential> find(String scope, String providerId, List<String> environmentNames) {
    JsonNode scopes = file.read();
    Optional<Credential> own =
        scope.equals(GLOBAL) ? Optional.empty() : entry(scopes, scope, providerId);
    if (own.isPresent()) {
      return own;
    }
    for (String name : environmentNames) {
      Optional<String> value = variable(name);
      if (value.isPresent()) {
        return Optional.of(new Credential.ApiKey(value.get()));
      }
    }
    return entry(scopes, GLOBAL, providerId)
        .or(() ->
            elsewhere.of(providerId) instanceof Found.Here(var credential)
                ? Optional.of(credential)
                : Optional.empty());
  }

  /// Why a credential that another program keeps for a provider cannot be used; empty where it can,
  /// or there is none.
  public Optional<String> unusable(String providerId) {
    return elsewhere.of(providerId) instanceof Found.Unusable(var why)
        ? Optional.of(why)
        : Optional.empty();
  }

  /// A variable of the environment that goes with credentials, such as a region; empty where it is
  /// not set, or blank.
  public Optional<String> variable(String name) {
    return environment.apply(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  /// The providers the file has an entry for, in this scope or in `$global`.
  ///
  /// @throws Fault as [#find]
  public List<String> providers(String scope) {
    JsonNode scopes = file.read();
    return Stream.concat(
            scopes.path(scope).propertyNames().stream(),
            scopes.path(GLOBAL).propertyNames().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /// Whether the file has an entry for a provider, in any scope.
  ///
  /// @throws Fault as [#find]
  public boolean isKnown(String providerId) {
    return file.read().valueStream().anyMatch(scope -> scope.has(providerId));
  }

  /// Keeps a credential for all strategies: it is on disk when this returns.
  ///
  /// The provider's other fields in the file stay, unless its credential was of another type.
  ///
  /// @throws Fault `INVALID_INPUT` when the file is malformed, which leaves it as it is;
  ///   `PERSISTENCE` when it cannot be written
  public void set(String providerId, Credential credential) {
    if (providerId.isBlank()) {
      throw new Fault(FaultCode.INVALID_INPUT, "a provider's id must not be empty");
    }
    file.change(scopes -> {
      ObjectNode global =
          scopes.path(GLOBAL) instanceof ObjectNode known ? known : scopes.putObject(GLOBAL);
      ObjectNode written = CredentialJson.write(credential);
      if (global.path(providerId) instanceof ObjectNode before
          && before.path("type").equals(written.path("type"))) {
        // Of another token; they would be taken for this one's.
        before.remove(List.of("expiresAt", "refreshToken"));
        before.setAll(written);
      } else {
        global.set(providerId, written);
      }
    });
  }

  /// The token that counts for a provider, with all its entry says of it; it must be there.
  Grant grant(String scope, String providerId) {
    JsonNode scopes = file.read();
    String place = scopes.path(scope).path(providerId).isObject() ? scope : GLOBAL;
    JsonNode entry = scopes.path(place).path(providerId);
    if (entry(scopes, place, providerId).orElse(NOTHING) instanceof Credential.OAuth token) {
      return CredentialJson.grant(place, providerId, token, entry);
    }
    throw new Fault(
        FaultCode.CREDENTIALS,
        "the access token of the provider " + providerId + " is gone from " + file.path());
  }

  /// Keeps a renewed token, unless somebody has set another one meanwhile.
  void renew(Grant before, TokenEndpoint.Tokens renewed) {
    file.change(scopes -> {
      if (scopes.path(before.scope()).path(before.providerId()) instanceof ObjectNode entry
          && Json.text(entry, "accessToken")
              .map(String::strip)
              .equals(Optional.of(before.accessToken()))) {
        entry.put("accessToken", renewed.accessToken());
        entry.remove("expiresAt");
        renewed.expiresAt().ifPresent(at -> entry.put("expiresAt", at.toEpochMilli()));
        renewed.refreshToken().ifPresent(token -> entry.put("refreshToken", token));
      }
    });
  }

  private Optional<Credential> entry(JsonNode scopes, String scope, String providerId) {
    JsonNode entry = scopes.path(scope).path(providerId);
    return entry.isMissingNode() || entry.isNull()
        ? Optional.empty()
        : Optional.of(CredentialJson.read(entry, file.path() + ": " + scope + "." + providerId));
  }
}
