package com.commaagents.server.mapping;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Timestamps;
import com.commaagents.engine.model.ModelFacts;
import com.commaagents.engine.model.ModelFacts.Capabilities;
import com.commaagents.engine.model.ModelFacts.Modality;
import com.commaagents.engine.model.ModelFacts.Prices;
import com.commaagents.engine.model.ProviderListing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Providers and their models on the wire. What is not known is left out.
public final class ProviderReplies {
  private ProviderReplies() {}

  /// One of `provider_list.providers`.
  public static JsonNode provider(ProviderListing listing) {
    ObjectNode json =
        Json.object()
            .put("id", listing.id())
            .put("name", listing.title())
            .put("credentialType", label(listing.credentialKind()))
            .put("authStatus", listing.usable() ? "configured" : "none");
    ArrayNode models = json.putArray("models");
    listing.models().forEach(model -> models.add(model(model)));
    json.put("modelsSource", label(listing.source()));
    listing.fetchedAt().ifPresent(at -> json.put("fetchedAt", Timestamps.format(at)));
    text(json, "error", listing.error());
    return json.put("isCustom", listing.custom());
  }

  /// `available_models.models`: each id once, with everybody who offers it; by id.
  ///
  /// What the offers say of it is put together, those first that can be called.
  ///
  /// @param wanted only ids with this in them, in any case
  public static List<JsonNode> models(List<ProviderListing> listings, Optional<String> wanted) {
    Map<String, Offered> byId = new TreeMap<>();
    for (ProviderListing listing : listings) {
      for (ModelFacts model : listing.models()) {
        if (contains(model.id(), wanted)) {
          byId.computeIfAbsent(model.id(), _ -> new Offered()).add(listing, model);
        }
      }
    }
    return byId.values().stream().map(Offered::json).toList();
  }

  private static boolean contains(String id, Optional<String> wanted) {
    return wanted
        .filter(text -> !id.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
        .isEmpty();
  }

  private static final class Offered {
    private final List<ModelFacts> ready = new ArrayList<>();
    private final List<ModelFacts> others = new ArrayList<>();
    private final List<String> providers = new ArrayList<>();
    private final List<String> configured = new ArrayList<>();

    void add(ProviderListing listing, ModelFacts model) {
      providers.add(listing.id());
      if (listing.usable()) {
        configured.add(listing.id());
      }
      (listing.usable() ? ready : others).add(model);
    }

    JsonNode json() {
      ready.addAll(others);
      ObjectNode json = model(ready.stream().reduce(ModelFacts::or).orElseThrow());
      json.put("hasCredentials", !configured.isEmpty());
      texts(json, "providers", providers);
      texts(json, "configuredProviders", configured);
      return json;
    }
  }

  private static ObjectNode model(ModelFacts model) {
    ObjectNode json = Json.object().put("id", model.id());
    text(json, "name", model.name());
    text(json, "family", model.family());
    count(json, "contextWindow", model.tokens().contextWindow());
    count(json, "maxInputTokens", model.tokens().maxInput());
    count(json, "maxOutputTokens", model.tokens().maxOutput());
    text(json, "knowledgeCutoff", model.dates().knowledgeCutoff());
    text(json, "releaseDate", model.dates().released());
    text(json, "lastUpdated", model.dates().updated());
    text(json, "status", model.status().map(ProviderReplies::label));
    ObjectNode modalities = Json.object();
    kinds(modalities, "input", model.modalities().input());
    kinds(modalities, "output", model.modalities().output());
    part(json, "modalities", modalities);
    part(json, "capabilities", capabilities(model.capabilities()));
    part(json, "cost", cost(model.prices()));
    return json;
  }

  private static ObjectNode capabilities(Capabilities capabilities) {
    ObjectNode json = Json.object();
    capabilities.tools().ifPresent(can -> json.put("tools", can));
    capabilities.reasoning().ifPresent(can -> json.put("reasoning", can));
    capabilities.vision().ifPresent(can -> json.put("vision", can));
    capabilities.attachment().ifPresent(can -> json.put("attachment", can));
    capabilities.structuredOutput().ifPresent(can -> json.put("structuredOutput", can));
    return json;
  }

  private static ObjectNode cost(Prices prices) {
    ObjectNode json = Json.object();
    dollars(json, "input", prices.input());
    dollars(json, "output", prices.output());
    dollars(json, "reasoning", prices.reasoning());
    dollars(json, "cacheRead", prices.cacheRead());
    dollars(json, "cacheWrite", prices.cacheWrite());
    return json;
  }

  private static void text(ObjectNode json, String field, Optional<String> text) {
    text.ifPresent(value -> json.put(field, value));
  }

  private static void texts(ObjectNode json, String field, List<String> texts) {
    ArrayNode array = json.putArray(field);
    texts.forEach(array::add);
  }

  private static void kinds(ObjectNode json, String field, List<Modality> kinds) {
    if (!kinds.isEmpty()) {
      texts(json, field, kinds.stream().map(ProviderReplies::label).toList());
    }
  }

  private static void count(ObjectNode json, String field, OptionalLong count) {
    count.ifPresent(value -> json.put(field, value));
  }

  private static void dollars(ObjectNode json, String field, Optional<BigDecimal> price) {
    price.ifPresent(value -> json.put(field, value));
  }

  private static void part(ObjectNode json, String field, ObjectNode part) {
    if (!part.isEmpty()) {
      json.set(field, part);
    }
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
