package com.commaagents.models;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.models.Provider.Wire;
import com.commaagents.models.catalogue.Catalogues;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.models.credentials.TokenRenewal;
import com.commaagents.models.http.StreamingHttp;
import com.commaagents.models.listing.LiveModels;
import com.commaagents.models.listing.RegisteredProviders;
import com.commaagents.models.openai.Dialect;
import com.commaagents.models.rest.JsonHttp;
import com.commaagents.models.scripted.ScriptFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds models by name among the built-in providers and the endpoints somebody configured.
///
/// A name is `provider/model`; what stands before the first slash is a provider only if it is built
/// in or has a credential with a `baseURL`. A bare id goes to the first provider, by name, that is
/// known to offer it and has a credential. Thread-safe. Closing it breaks off every call.
public final class ProviderModels implements ModelRegistry, AutoCloseable {
  private final CredentialStore credentials;
  private final Catalogues catalogues;
  private final TokenRenewal tokens;
  private final WireModels wires;
  private final StreamingHttp http;
  private final JsonHttp documents = new JsonHttp();
  private final Clock clock;
  private final ScriptFolder scripts;

  /// With the bundled catalogue of models.
  ///
  /// @param clock waits where scripts have delays, and judges whether a token has expired
  /// @param ids for tool calls that come without an id
  public ProviderModels(CredentialStore credentials, Clock clock, IdGenerator ids) {
    this(credentials, Catalogues.bundled(), clock, ids);
  }

  /// As above, with another catalogue.
  public ProviderModels(
      CredentialStore credentials, Catalogues catalogues, Clock clock, IdGenerator ids) {
    this(credentials, catalogues, clock, ids, new StreamingHttp());
  }

  ProviderModels(CredentialStore credentials, Clock clock, IdGenerator ids, StreamingHttp http) {
    this(credentials, Catalogues.bundled(), clock, ids, http);
  }

  private ProviderModels(
      CredentialStore credentials,
      Catalogues catalogues,
      Clock clock,
      IdGenerator ids,
      StreamingHttp http) {
    this.credentials = credentials;
    this.catalogues = catalogues;
    this.clock = clock;
    this.tokens = new TokenRenewal(credentials, documents, clock);
    this.http = http;
    this.wires = new WireModels(new Calling(http, clock, ids, credentials::variable));
    this.scripts = new ScriptFolder(clock, Advice.REAL_MODELS);
  }

  @Override
  public Model model(String name, ModelScope scope) {
    ModelName resolved = resolve(name, scope.strategyName());
    ModelInfo info = known(resolved);
    Optional<Provider> builtIn = Providers.find(resolved.providerId());
    if (builtIn.isEmpty()) {
      return configured(resolved, info, scope.strategyName());
    }
    Provider provider = builtIn.get();
    if (provider.wire() instanceof Wire.Scripts) {
      return scripts.model(info, resolved.modelId(), scope.strategyFile());
    }
    return called(
        provider,
        scope,
        info,
        credential -> wires.model(provider, info, resolved.modelId(), credential));
  }

  /// A model with the credential that counts now, or one that renews its token at each call.
  private Model called(
      Provider provider,
      ModelScope scope,
      ModelInfo info,
      Function<Optional<Credential>, Model> making) {
    Optional<Credential> credential = usable(provider, scope.strategyName());
    List<String> variables = provider.environment();
    return tokens.isRenewable(scope.strategyName(), provider.id(), variables)
        ? new RenewingModel(
            info,
            new RenewingModel.Tokens(tokens, scope.strategyName(), provider.id(), variables),
            making)
        : making.apply(credential);
  }

  @Override
  public ModelInfo info(String name) {
    Optional<ModelName> parsed = ModelName.parse(name);
    if (parsed.isPresent() && isNamed(parsed.get().providerId())) {
      return known(parsed.get());
    }
    List<String> offering = offering(name);
    Optional<String> chosen =
        offering.stream()
            .filter(this::seemsUsable)
            .findFirst()
            .or(() -> offering.stream().findFirst());
    return chosen
        .map(providerId -> known(new ModelName(providerId, name)))
        .orElseGet(() -> new ModelInfo(name, OptionalLong.empty(), OptionalLong.empty()));
  }

  // A file that cannot be read is told when the model is asked for, not before.
  private boolean seemsUsable(String providerId) {
    try {
      return isUsable(providerId, CredentialStore.GLOBAL);
    } catch (Fault unreadable) {
      return false;
    }
  }

  /// The same providers, to be listed.
  ///
  /// @param registered the path of the file with the registered ones; it need not exist
  public ProviderDirectory directory(Path registered) {
    return new ProviderDirectory(
        credentials,
        tokens,
        catalogues,
        new RegisteredProviders(registered),
        new LiveModels(documents, clock));
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
    documents.close();
  }

  private ModelName resolve(String name, String scope) {
    Optional<ModelName> parsed = ModelName.parse(name);
    if (parsed.isPresent() && isProvider(parsed.get().providerId(), scope)) {
      return parsed.get();
    }
    List<String> offering = offering(name);
    for (String providerId : offering) {
      if (isUsable(providerId, scope)) {
        return new ModelName(providerId, name);
      }
    }
    throw Advice.unknownModel(name, parsed, offering);
  }

  /// Those that can be called, by id.
  private List<String> offering(String modelId) {
    return catalogues.current().offering(modelId);
  }

  /// Whether nothing is missing to call a provider: it has a credential, or needs none.
  private boolean isUsable(String providerId, String scope) {
    return hasCredential(providerId, scope)
        || Providers.find(providerId)
            .filter(provider -> !provider.needsKey() && !(provider.wire() instanceof Wire.Scripts))
            .flatMap(Provider::baseUrl)
            .isPresent();
  }

  private ModelInfo known(ModelName name) {
    return catalogues.current().facts(name.providerId(), name.modelId()).info(name.toString());
  }

  private boolean isNamed(String providerId) {
    return Providers.find(providerId).isPresent()
        || catalogues.current().providers().contains(providerId);
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
      throw Advice.missingCredential(provider, credentials.unusable(provider.id()));
    }
    return credential;
  }
}
