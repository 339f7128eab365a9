package com.commaagents.models;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.task.TaskScope;
import com.commaagents.engine.model.ModelFacts;
import com.commaagents.engine.model.ProviderListing;
import com.commaagents.engine.model.ProviderListing.CredentialKind;
import com.commaagents.engine.model.ProviderListing.Source;
import com.commaagents.models.Provider.Wire;
import com.commaagents.models.catalogue.Catalogues;
import com.commaagents.models.catalogue.ModelCatalogue;
import com.commaagents.models.credentials.Credential;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.models.credentials.TokenRenewal;
import com.commaagents.models.listing.LiveModels;
import com.commaagents.models.listing.ModelList;
import com.commaagents.models.listing.RegisteredProviders;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/// Which providers there are, with what is known of their models: those that are built in, those
/// with a credential, those of the catalogue, and those that were registered. Thread-safe.
public final class ProviderDirectory {
  private final CredentialStore credentials;
  private final TokenRenewal tokens;
  private final Catalogues catalogues;
  private final RegisteredProviders registered;
  private final LiveModels live;

  /// Who is asked for their models over the network.
  public enum Asking {
    /// Nobody.
    NOBODY,
    /// Those whose models nobody else could know: what runs on this machine, and endpoints of one's
    /// own.
    THOSE_OF_ONES_OWN,
    /// Everybody who can be called.
    ALL
  }

  ProviderDirectory(
      CredentialStore credentials,
      TokenRenewal tokens,
      Catalogues catalogues,
      RegisteredProviders registered,
      LiveModels live) {
    this.credentials = credentials;
    this.tokens = tokens;
    this.catalogues = catalogues;
    this.registered = registered;
    this.live = live;
  }

  /// All providers, by id. They are asked at once; whoever cannot be asked is listed with the
  /// reason.
  ///
  /// @param scope whose credentials count: a strategy's name, or [CredentialStore#GLOBAL]
  /// @throws Fault when the file of credentials or that of registered providers is malformed or
  ///   cannot be read
  public List<ProviderListing> list(String scope, Asking asking) throws InterruptedException {
    Set<String> ids = new TreeSet<>(catalogues.current().providers());
    Providers.sorted().forEach(provider -> ids.add(provider.id()));
    ids.addAll(credentials.providers(scope));
    ids.addAll(registered.ids());
    List<Callable<ProviderListing>> tasks =
        ids.stream()
            .<Callable<ProviderListing>>map(id -> () -> listing(id, scope, asking))
            .toList();
    return TaskScope.all("list-models", tasks);
  }

  /// What is wrong with the owner's catalogue, a line each.
  public List<String> problems() {
    return catalogues.problems();
  }

  /// Has a provider listed whatever happens to its credentials; it may be already.
  ///
  /// @throws Fault `NOT_FOUND` when nothing is known of it; as [RegisteredProviders#add]
  public void register(String providerId) {
    requireKnown(providerId);
    registered.add(providerId);
  }

  /// Takes that back; it need not have been registered.
  ///
  /// @throws Fault as [#register]
  public void unregister(String providerId) {
    requireKnown(providerId);
    registered.remove(providerId);
  }

  private void requireKnown(String providerId) {
    boolean known =
        Providers.find(providerId).isPresent()
            || registered.ids().contains(providerId)
            || catalogues.current().providers().contains(providerId)
            || credentials.isKnown(providerId);
    if (!known) {
      throw new Fault(
          FaultCode.NOT_FOUND,
          "Provider not found: " + providerId + ". First " + Advice.configure(providerId));
    }
  }

  private ProviderListing listing(String id, String scope, Asking asking)
      throws InterruptedException {
    Optional<Provider> builtIn = Providers.find(id);
    List<String> environment = builtIn.map(Provider::environment).orElse(List.of());
    try {
      Entry entry = new Entry(id, builtIn, credentials.find(scope, id, environment));
      if (!entry.isUsable() || !isAsked(entry, asking)) {
        return known(entry);
      }
      Optional<Credential> fresh = tokens.fresh(scope, id, environment);
      Optional<ModelList> list = ModelLists.of(id, builtIn, fresh);
      return list.isPresent() ? asked(entry, live.of(list.get())) : known(entry);
    } catch (Fault malformed) {
      Entry entry = new Entry(id, builtIn, Optional.empty());
      return entry.listing(
          catalogue().listed(id), Source.ERROR, Optional.empty(), Optional.of(malformed.message()));
    }
  }

  private static boolean isAsked(Entry entry, Asking asking) {
    return switch (asking) {
      case NOBODY -> false;
      case THOSE_OF_ONES_OWN -> entry.isOnesOwn();
      case ALL -> true;
    };
  }

  private ProviderListing known(Entry entry) {
    return entry.listing(
        catalogue().listed(entry.id()), Source.CATALOG, Optional.empty(), Optional.empty());
  }

  private ProviderListing asked(Entry entry, LiveModels.Answer answer) {
    return switch (answer) {
      case LiveModels.Answer.Failed(var reason, var _) ->
          entry.listing(
              catalogue().listed(entry.id()), Source.ERROR, Optional.empty(), Optional.of(reason));
      case LiveModels.Answer.Models(var said, var at) -> {
        Set<String> listed = new HashSet<>();
        catalogue().listed(entry.id()).forEach(model -> listed.add(model.id()));
        boolean merged = said.stream().anyMatch(model -> listed.contains(model.id()));
        List<ModelFacts> models =
            said.stream()
                .map(model -> catalogue().facts(entry.id(), model.id()).or(model))
                .toList();
        yield entry.listing(
            models, merged ? Source.MERGED : Source.LIVE, Optional.of(at), Optional.empty());
      }
    };
  }

  private ModelCatalogue catalogue() {
    return catalogues.current();
  }

  private record Entry(String id, Optional<Provider> builtIn, Optional<Credential> credential) {

    boolean isUsable() {
      return builtIn.isPresent()
          ? credential.isPresent() || needsNothing(builtIn.get())
          : credential.filter(Entry::saysWhere).isPresent();
    }

    boolean isOnesOwn() {
      return builtIn.filter(Provider::needsKey).isEmpty();
    }

    private static boolean needsNothing(Provider provider) {
      return !provider.needsKey()
          && (provider.baseUrl().isPresent() || provider.wire() instanceof Wire.Scripts);
    }

    private static boolean saysWhere(Credential credential) {
      return credential instanceof Credential.Custom custom && custom.baseUrl().isPresent();
    }

    ProviderListing listing(
        List<ModelFacts> models,
        Source source,
        Optional<Instant> fetchedAt,
        Optional<String> error) {
      Optional<String> given =
          credential.flatMap(found ->
              found instanceof Credential.Custom custom ? custom.name() : Optional.empty());
      String title = given.or(() -> builtIn.map(Provider::title)).orElse(id);
      return new ProviderListing(
          id, title, kind(), isUsable(), models, source, fetchedAt, error, builtIn.isEmpty());
    }

    private CredentialKind kind() {
      return credential
          .map(found ->
              switch (found) {
                case Credential.ApiKey _ -> CredentialKind.API;
                case Credential.OAuth _ -> CredentialKind.OAUTH;
                case Credential.Custom _ -> CredentialKind.CUSTOM;
              })
          .orElseGet(() -> {
            if (builtIn.isEmpty()) {
              return CredentialKind.CUSTOM;
            }
            if (builtIn.get().needsKey()) {
              return CredentialKind.API;
            }
            return needsNothing(builtIn.get()) ? CredentialKind.NONE : CredentialKind.CUSTOM;
          });
    }
  }
}
