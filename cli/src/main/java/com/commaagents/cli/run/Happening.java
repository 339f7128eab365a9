package com.commaagents.cli.run;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What can happen to one who watches a run.
sealed interface Happening {
  /// @param link which of the session's connections, from 1
  record Said(int link, JsonNode message) implements Happening {}

  record LinkEnded(int link, String reason) implements Happening {}

  /// A line from the person, or the end of what they will type.
  record Typed(Optional<String> line) implements Happening {}

  /// Ctrl-C.
  record Interrupted() implements Happening {}
}
