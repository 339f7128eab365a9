package com.commaagents.models;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.models.Provider.Wire;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.models.http.StreamingHttp;
import com.commaagents.models.openai.Dialect;
import com.commaagents.models.scripted.ScriptFolder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds models by name among the built-in providers and the endpoints somebody configured.
///
/// A name is `provider/model`; what stands before the first slash is a provider only if it is built
/// in or has a credential with a `baseURL`. A bare id goes to the first provider, by name, that is
/// known to offer it and has a credential. Thread-safe. Closing it breaks off every call.
public final class ProviderModels implements ModelRegistry, AutoCloseable {
  private final CredentialStore credentials;
  private final WireModels wires;
  private final StreamingHttp http;
  private final ScriptFolder scripts;

  /// @param clock waits where scripts have delays, and judges whether a token has expired
  /// @param ids for tool calls that come without an id
  public ProviderModels(CredentialStore credentials, Clock clock, IdGenerator ids) {
    this(credentials, clock, ids, new StreamingHttp());
  }

  ProviderModels(CredentialStore credentials, Clock clock, IdGenerator ids, StreamingHttp http) {
    this.credentials = credentials;
    this.http = http;
    this.wires = new WireModels(new Calling(http, clock, ids, credentials::variable));
    this.scripts = new ScriptFolder(clock, Advice.REAL_MODELS);
  }

  @Override
  public Model model(String name, ModelScope scope) {
    ModelName resolved = resolve(name, scope.strategyName());
    ModelInfo info = Catalogue.info(resolved);
    Optional<Provider> builtIn = Providers.find(resolved.providerId());
    if (builtIn.isEmpty()) {
      return configured(resolved, info, scope.strategyName());
    }
    Provider provider = builtIn.get();
    if (provider.wire() instanceof Wire.Scripts) {
      return scripts.model(info, resolved.modelId(), scope.strategyFile());
    }
    return wires.model(provider, info, resolved.modelId(), usable(provider, scope.strategyName()));
  }

  @Override
  public ModelInfo info(String name) {
    ModelName parsed = ModelName.parse(name).orElse(new ModelName("", name));
    if (Providers.find(parsed.providerId()).isPresent()) {
      return Catalogue.info(parsed);
    }
    List<String> offering = Catalogue.offering(name);
    return offering.isEmpty()
        ? new ModelInfo(name, OptionalLong.empty(), OptionalLong.empty())
        : Catalogue.info(new ModelName(offering.getFirst(), name));
  }

  /// Whether a provider has a credential, in the file or in the environment.
  ///
  /// @param scope a strategy's name, or [CredentialStore#GLOBAL]
  /// @throws Fault when the file of credentials is malformed or cannot be read
  public boolean hasCredential(String providerId, String scope) {
    return credential(providerId, scope).isPresent();
  }

  /// The environment variables that may hold the credential of a built-in provider, the first one
  /// that is set counts; none for a provider that is not built in.
  public static List<String> credentialVariables(String providerId) {
    return Providers.find(providerId).map(Provider::environment).orElse(List.of());
  }

  /// Those of all providers.
  public static Set<String> credentialVariables() {
    return Providers.sorted().stream()
        .flatMap(provider -> provider.environment().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Breaks off every call; later ones fail.
  @Override
  public void close() {
    http.close();
  }

  private ModelName resolve(String name, String scope) {
    Optional<ModelName> parsed = ModelName.parse(name);
    if (parsed.isPresent() && isProvider(parsed.get().providerId(), scope)) {
      return parsed.get();
    }
    List<String> offering = Catalogue.offering(name);
    for (String providerId : offering) {
      if (hasCredential(providerId, scope)) {
        return new ModelName(providerId, name);
      }
    }
    throw Advice.unknownModel(name, parsed, offering);
  }

  private boolean isProvider(String id, String scope) {
    return Providers.find(id).isPresent() || credential(id, scope).isPresent();
  }

  private Optional<Credential> credential(String providerId, String scope) {
    List<String> environment =
        Providers.find(providerId).map(Provider::environment).orElse(List.of());
    return credentials.find(scope, providerId, environment);
  }

  // Somebody's own endpoint: it has a credential, else its name would not have been resolved.
  private Model configured(ModelName name, ModelInfo info, String scope) {
    Provider endpoint =
        new Provider(
            name.providerId(),
            name.providerId(),
            new Wire.ChatCompletions(Dialect.compatible(name.providerId())),
            Optional.empty(),
            List.of(),
            false);
    return wires.model(endpoint, info, name.modelId(), credential(name.providerId(), scope));
  }

  private Optional<Credential> usable(Provider provider, String scope) {
    Optional<Credential> credential = credential(provider.id(), scope);
    if (credential.isEmpty() && (provider.needsKey() || provider.baseUrl().isEmpty())) {
      throw Advice.missingCredential(provider);
    }
    return credential;
  }
}
