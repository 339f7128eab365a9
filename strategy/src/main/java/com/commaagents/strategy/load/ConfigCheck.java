package com.commaagents.strategy.load;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// Says what is wrong with an object that a strategy file hands to somebody else: the `config` of
/// an agent or a flow of an added type, or an `outputSchema`. Thread-safe.
@FunctionalInterface
public interface ConfigCheck {
  /// Takes every config.
  ConfigCheck NONE = _ -> List.of();

  /// @param config an object; an empty one where the file has none
  List<Mistake> mistakes(JsonNode config);

  /// One thing that is wrong.
  ///
  /// @param place the names of fields and the indexes of items that lead there from the config; the
  ///   last one may be of a field that is missing
  /// @param message for the author of the file; it shows nothing of the config but names
  record Mistake(List<String> place, String message) {
    public Mistake {
      place = List.copyOf(place);
    }
  }
}
