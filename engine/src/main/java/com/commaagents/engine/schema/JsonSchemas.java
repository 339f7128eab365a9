package com.commaagents.engine.schema;

import com.commaagents.base.json.Json;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Checks JSON values against JSON Schemas (draft 2020-12 unless a schema says otherwise).
///
/// The validator is loaded on first use, which takes some hundred milliseconds. References to other
/// documents are never fetched: a schema that has one cannot be used.
///
/// Limits: the [#MAX_CACHED] schemas used last are kept compiled; a longer list of problems is cut
/// to [#MAX_PROBLEMS]. Thread-safe.
public final class JsonSchemas {
  public static final int MAX_CACHED = 256;
  public static final int MAX_PROBLEMS = 10;

  private static final Set<String> ABOUT_PROPERTIES =
      Set.of("required", "dependentRequired", "additionalProperties", "unevaluatedProperties");

  private final Map<JsonNode, Schema> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JsonNode, Schema> eldest) {
          return size() > MAX_CACHED;
        }
      };
  private @Nullable SchemaRegistry registry;

  /// What keeps a value from fitting a schema, one clear sentence each; empty when it fits. A
  /// schema that cannot be used is a problem too.
  public List<String> problems(JsonNode schema, JsonNode value) {
    try {
      return compiled(schema).validate(value).stream()
          .limit(MAX_PROBLEMS)
          .map(error -> at(error.getInstanceLocation().toString()) + error.getMessage())
          .toList();
    } catch (SchemaException unusable) {
      return List.of("the schema itself cannot be used: " + unusable.getMessage());
    }
  }

  /// As [#problems], with where in the value each one is.
  public List<Misfit> misfits(JsonNode schema, JsonNode value) {
    try {
      return compiled(schema).validate(value).stream()
          .limit(MAX_PROBLEMS)
          .map(JsonSchemas::misfit)
          .toList();
    } catch (SchemaException unusable) {
      return List.of(
          new Misfit(List.of(), "the schema itself cannot be used: " + unusable.getMessage()));
    }
  }

  /// What keeps an object from being a schema, with where in it each one is; empty when it is one.
  /// It is held against the specification that it names, or the usual one.
  public List<Misfit> flaws(JsonNode schema) {
    try {
      List<Misfit> misfits = misfits(specification(schema), schema);
      if (misfits.isEmpty()) {
        compiled(schema);
      }
      return misfits;
    } catch (SchemaException unusable) {
      return List.of(new Misfit(List.of(), "it cannot be used: " + unusable.getMessage()));
    }
  }

  private static JsonNode specification(JsonNode schema) {
    String named = schema.path("$schema").asString("");
    String address = named.isEmpty() ? SpecificationVersion.DRAFT_2020_12.getDialectId() : named;
    return Json.object().put("$ref", address);
  }

  /// Something that does not fit.
  ///
  /// @param place the names and indexes that lead there; the last name may be of a missing field
  public record Misfit(List<String> place, String message) {
    public Misfit {
      place = List.copyOf(place);
    }
  }

  // What is missing and what is too much is told of the object it is missing or too much in.
  private static Misfit misfit(Error error) {
    NodePath location = error.getInstanceLocation();
    List<String> place = new ArrayList<>();
    for (int i = 0; i < location.getNameCount(); i++) {
      place.add(location.getName(i));
    }
    String property = error.getProperty();
    if (property != null && ABOUT_PROPERTIES.contains(error.getKeyword())) {
      place.add(property);
    }
    return new Misfit(place, error.getMessage());
  }

  private synchronized Schema compiled(JsonNode schema) {
    Schema known = compiled.get(schema);
    if (known != null) {
      return known;
    }
    Schema fresh = registry().getSchema(schema);
    // Everything that can be wrong with a schema is found now, not in the middle of a check.
    fresh.initializeValidators();
    compiled.put(schema, fresh);
    return fresh;
  }

  private SchemaRegistry registry() {
    SchemaRegistry loaded = registry;
    if (loaded == null) {
      loaded =
          SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12,
              builder ->
                  builder
                      .schemaCacheEnabled(false)
                      .schemaLoader(loader -> loader.allow(JsonSchemas::isSpecification)));
      registry = loaded;
    }
    return loaded;
  }

  private static boolean isSpecification(AbsoluteIri address) {
    String text = address.toString();
    return text.startsWith("https://json-schema.org/")
        || text.startsWith("http://json-schema.org/");
  }

  private static String at(String location) {
    return location.isEmpty() ? "" : location + ": ";
  }
}
