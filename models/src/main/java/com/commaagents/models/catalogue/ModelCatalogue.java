package com.commaagents.models.catalogue;

import com.commaagents.engine.model.ModelFacts;
import com.commaagents.engine.model.ModelFacts.Prices;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What is known of models, by provider and id. Immutable.
///
/// A model that is not listed may still be of a family whose limits are known, so that a new
/// release needs no new line; its price is not known then.
public final class ModelCatalogue {
  static final ModelCatalogue EMPTY = new ModelCatalogue(Map.of());

  // It passes calls on to other providers and names them in the model's id.
  private static final String RESELLER = "openrouter";

  private static final Prices FREE =
      new Prices(
          Optional.of(BigDecimal.ZERO),
          Optional.of(BigDecimal.ZERO),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final Map<String, ProviderFacts> providers;

  ModelCatalogue(Map<String, ProviderFacts> providers) {
    this.providers = new TreeMap<>(providers);
  }

  /// This catalogue, and where it is silent what `other` says.
  ModelCatalogue or(ModelCatalogue other) {
    Map<String, ProviderFacts> all = new TreeMap<>(other.providers);
    providers.forEach((id, facts) -> all.merge(id, facts, (others, own) -> own.or(others)));
    return new ModelCatalogue(all);
  }

  /// The providers something is known of, by id.
  public Set<String> providers() {
    return new TreeSet<>(providers.keySet());
  }

  /// The models that are listed for a provider.
  public List<ModelFacts> listed(String providerId) {
    return of(providerId).listed().stream().map(facts -> priced(providerId, facts)).toList();
  }

  /// All that is known of a provider's model; perhaps nothing but its id.
  public ModelFacts facts(String providerId, String modelId) {
    ProviderFacts provider = of(providerId);
    Optional<ModelFacts> known =
        provider
            .find(modelId)
            .or(() -> provider.family(modelId))
            .or(() -> resold(providerId, modelId));
    return priced(
        providerId, known.map(ModelFacts.unknown(modelId)::or).orElse(ModelFacts.unknown(modelId)));
  }

  /// The providers that offer a model, by id: those that list it, else those that have its family.
  public List<String> offering(String modelId) {
    List<String> listing = where(provider -> provider.find(modelId).isPresent()).toList();
    return listing.isEmpty()
        ? where(provider -> provider.family(modelId).isPresent()).toList()
        : listing;
  }

  private Stream<String> where(java.util.function.Predicate<ProviderFacts> condition) {
    return providers.entrySet().stream()
        .filter(entry -> condition.test(entry.getValue()))
        .map(Map.Entry::getKey);
  }

  // The limits are those of the one who is passed on to; the price is not.
  private Optional<ModelFacts> resold(String providerId, String modelId) {
    int slash = modelId.indexOf('/');
    if (!providerId.equals(RESELLER) || slash < 1) {
      return Optional.empty();
    }
    ProviderFacts maker = of(modelId.substring(0, slash));
    String id = modelId.substring(slash + 1);
    return maker.find(id).or(() -> maker.family(id)).map(facts -> facts.withPrices(Prices.UNKNOWN));
  }

  private ModelFacts priced(String providerId, ModelFacts facts) {
    return of(providerId).free() && facts.prices().price().isEmpty()
        ? facts.withPrices(FREE)
        : facts;
  }

  private ProviderFacts of(String providerId) {
    return providers.getOrDefault(providerId, ProviderFacts.NONE);
  }
}
