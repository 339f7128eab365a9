package com.commaagents.strategy.definition;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An MCP server that agents may name.
///
/// @param definition as written, and checked; its values may be secret and are not to be shown
public record McpServer(String id, Source source, JsonNode definition) {
  /// Whose file defines it, the one that counts most last.
  public enum Source {
    GLOBAL("global"),
    WORKSPACE("workspace"),
    STRATEGY("strategy");

    private final String label;

    Source(String label) {
      this.label = label;
    }

    /// What files and messages call it.
    public String label() {
      return label;
    }
  }

  /// `stdio`, `http` or `sse`.
  public String transport() {
    return definition.path("transport").stringValue();
  }

  /// Whether runs have it unless somebody chooses otherwise; so it is where the file does not say.
  public boolean enabledByDefault() {
    return definition.path("enabledByDefault").asBoolean(true);
  }

  /// The same with another [#enabledByDefault].
  public McpServer withDefault(boolean enabled) {
    return new McpServer(
        id, source, ((ObjectNode) definition.deepCopy()).put("enabledByDefault", enabled));
  }

  /// Names it without its definition.
  @Override
  public String toString() {
    return "McpServer[" + id + ", " + source + "]";
  }
}
