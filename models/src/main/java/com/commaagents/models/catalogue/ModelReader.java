package com.commaagents.models.catalogue;

import com.commaagents.engine.model.ModelFacts;
import com.commaagents.engine.model.ModelFacts.Capabilities;
import com.commaagents.engine.model.ModelFacts.Dates;
import com.commaagents.engine.model.ModelFacts.Modalities;
import com.commaagents.engine.model.ModelFacts.Modality;
import com.commaagents.engine.model.ModelFacts.Prices;
import com.commaagents.engine.model.ModelFacts.Prices.LongInput;
import com.commaagents.engine.model.ModelFacts.Status;
import com.commaagents.engine.model.ModelFacts.Tokens;
import com.commaagents.models.catalogue.FieldReader.Fields;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Binds one model of a catalogue file.
final class ModelReader {
  private ModelReader() {}

  /// @param aliases takes the other names of the model
  static ModelFacts read(String id, Fields fields, Consumer<String> aliases) {
    fields.texts("aliases").forEach(aliases);
    ModelFacts facts =
        new ModelFacts(
            id,
            fields.text("name"),
            fields.text("family"),
            new Tokens(
                fields.count("contextWindow"),
                fields.count("maxInputTokens"),
                fields.count("maxOutputTokens")),
            new Dates(
                fields.text("knowledgeCutoff"),
                fields.text("releaseDate"),
                fields.text("lastUpdated")),
            fields.oneOf("status", Status.class),
            modalities(fields.object("modalities")),
            capabilities(fields.object("capabilities")),
            cost(fields.object("cost")));
    fields.end();
    return facts;
  }

  private static Modalities modalities(Fields fields) {
    Modalities modalities =
        new Modalities(
            fields.allOf("input", Modality.class), fields.allOf("output", Modality.class));
    fields.end();
    return modalities;
  }

  private static Capabilities capabilities(Fields fields) {
    Capabilities capabilities =
        new Capabilities(
            fields.flag("tools"),
            fields.flag("reasoning"),
            fields.flag("vision"),
            fields.flag("attachment"),
            fields.flag("structuredOutput"));
    fields.end();
    return capabilities;
  }

  private static Prices cost(Fields fields) {
    Optional<LongInput> longInput = Optional.empty();
    if (fields.has("longInput")) {
      Fields tier = fields.object("longInput");
      OptionalLong above = tier.count("aboveTokens");
      Prices prices = prices(tier, Optional.empty());
      tier.end();
      if (above.isPresent()) {
        longInput = Optional.of(new LongInput(above.getAsLong(), prices));
      }
    }
    Prices prices = prices(fields, longInput);
    fields.end();
    return prices;
  }

  private static Prices prices(Fields fields, Optional<LongInput> longInput) {
    return new Prices(
        fields.price("input"),
        fields.price("output"),
        fields.price("reasoning"),
        fields.price("cacheRead"),
        fields.price("cacheWrite"),
        longInput);
  }
}
