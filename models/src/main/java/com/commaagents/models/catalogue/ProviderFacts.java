package com.commaagents.models.catalogue;

import com.commaagents.engine.model.ModelFacts;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is known of one provider's models. Immutable.
///
/// @param free whether nobody pays it by the token
/// @param families limits of models whose id begins so and that are not listed themselves
/// @param models by id
/// @param aliases other names, and the id each stands for
record ProviderFacts(
    boolean free,
    Map<String, ModelFacts> families,
    Map<String, ModelFacts> models,
    Map<String, String> aliases) {
  static final ProviderFacts NONE = new ProviderFacts(false, Map.of(), Map.of(), Map.of());

  // What stands behind the name of one release.
  private static final Pattern RELEASE = Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|\\d{8}|latest)$");

  ProviderFacts {
    families = Map.copyOf(families);
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    aliases = Map.copyOf(aliases);
  }

  /// These facts, and where they are silent those of `other`.
  ProviderFacts or(ProviderFacts other) {
    Map<String, String> names = new HashMap<>(other.aliases);
    names.putAll(aliases);
    return new ProviderFacts(
        free || other.free, merged(families, other.families), merged(models, other.models), names);
  }

  private static Map<String, ModelFacts> merged(
      Map<String, ModelFacts> ours, Map<String, ModelFacts> others) {
    Map<String, ModelFacts> all = new LinkedHashMap<>(others);
    ours.forEach((id, facts) -> all.merge(id, facts, (other, own) -> own.or(other)));
    return all;
  }

  List<ModelFacts> listed() {
    return List.copyOf(models.values());
  }

  /// A listed model by its id, another name of it, or the name of a release of it. A price holds
  /// for one model and its releases, never for a whole family: a name that is merely alike may cost
  /// ten times as much.
  Optional<ModelFacts> find(String modelId) {
    return exact(modelId)
        .or(() -> {
          String unreleased = withoutRelease(modelId);
          return exact(unreleased).or(() -> releasedAs(unreleased));
        });
  }

  private Optional<ModelFacts> exact(String modelId) {
    return Optional.ofNullable(models.get(aliases.getOrDefault(modelId, modelId)));
  }

  private Optional<ModelFacts> releasedAs(String name) {
    return models.values().stream()
        .filter(model -> withoutRelease(model.id()).equals(name))
        .findFirst();
  }

  private static String withoutRelease(String modelId) {
    return RELEASE.matcher(modelId).replaceFirst("");
  }

  /// The family of a model that is not listed; of several the longest counts.
  Optional<ModelFacts> family(String modelId) {
    return families.entrySet().stream()
        .filter(family -> modelId.startsWith(family.getKey()))
        .max(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue);
  }
}
