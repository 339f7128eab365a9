package com.commaagents.models.catalogue;

import com.commaagents.engine.model.ModelFacts;
import com.commaagents.models.catalogue.FieldReader.Fields;
import com.commaagents.strategy.source.ReadResult;
import com.commaagents.strategy.source.SourceFormat;
import com.commaagents.strategy.source.SourceNode;
import com.commaagents.strategy.source.SourceReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a catalogue file:
///
/// ```text
/// {"asOf": "2026-01-31",
///  "providers": {"PROVIDER": {"free": true,
///                             "families": {"PREFIX": {MODEL}},
///                             "models": {"ID": {MODEL}}}}}
/// ```
///
/// A MODEL has the fields of a model in `provider_list` but its id, and `aliases`. What is wrong is
/// noted with line, column and field, and left out; the rest counts. Limit:
/// [SourceReader#MAX_BYTES].
final class CatalogueReader {
  private final FieldReader reader = new FieldReader();
  private final Map<String, ProviderFacts> providers = new HashMap<>();

  /// @param problems `LINE:COLUMN: FIELD: what was expected`, one each
  record Read(ModelCatalogue catalogue, List<String> problems) {}

  private CatalogueReader() {}

  static Read read(byte[] content) {
    return switch (SourceReader.read(content, SourceFormat.JSONC)) {
      case ReadResult.Malformed(var at, var message) ->
          new Read(ModelCatalogue.EMPTY, List.of(at + ": " + message));
      case ReadResult.Parsed(var root) -> {
        CatalogueReader catalogue = new CatalogueReader();
        catalogue.root(root);
        yield new Read(new ModelCatalogue(catalogue.providers), catalogue.reader.problems());
      }
    };
  }

  private void root(SourceNode root) {
    Fields fields = reader.object(root, "");
    fields.text("asOf");
    Fields all = fields.object("providers");
    for (String id : all.names()) {
      providers.put(id, provider(all.object(id)));
    }
    fields.end();
  }

  private ProviderFacts provider(Fields provider) {
    boolean free = provider.flag("free").orElse(false);
    Map<String, ModelFacts> families = new LinkedHashMap<>();
    Fields prefixes = provider.object("families");
    for (String prefix : prefixes.names()) {
      families.put(prefix, ModelReader.read(prefix, prefixes.object(prefix), _ -> {}));
    }
    Map<String, ModelFacts> listed = new LinkedHashMap<>();
    Map<String, String> aliases = new HashMap<>();
    Fields ids = provider.object("models");
    for (String id : ids.names()) {
      listed.put(id, ModelReader.read(id, ids.object(id), alias -> aliases.put(alias, id)));
    }
    provider.end();
    return new ProviderFacts(free, families, listed, aliases);
  }
}
