package com.commaagents.strategy.definition;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An MCP server that agents may name.
///
/// Limit: of a command line [#MAX_COMMAND_LINE] characters are told.
///
/// @param definition as written, and checked; its values may be secret and are not to be shown
public record McpServer(String id, Source source, JsonNode definition) {
  static final int MAX_COMMAND_LINE = 200;

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

  /// Whether it is a program that is started.
  public boolean isProgram() {
    return transport().equals("stdio");
  }

  /// What a program is started as, for the person who is to allow it. What comes from a variable is
  /// told by the variable's name.
  public String commandLine() {
    String words =
        Stream.concat(Stream.of(definition.path("command")), definition.path("args").valueStream())
            .map(McpServer::word)
            .collect(Collectors.joining(" "));
    String plain = words.replaceAll("[^ -~\u00A0-\uD7FF\uE000-\uFFFC]", "\uFFFD");
    return plain.length() <= MAX_COMMAND_LINE ? plain : plain.substring(0, MAX_COMMAND_LINE) + "…";
  }

  private static String word(JsonNode value) {
    return value.isObject() ? "$" + value.path("env").asString() : value.asString();
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
