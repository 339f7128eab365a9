package com.commaagents.mcp.definition;

import com.commaagents.base.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// How an MCP server is reached.
public sealed interface ServerDefinition {
  /// A program that is spoken to over its standard streams.
  record Stdio(Value command, List<Value> args, Optional<Value> cwd, Map<String, Value> env)
      implements ServerDefinition {
    public Stdio {
      args = List.copyOf(args);
      env = Map.copyOf(env);
    }
  }

  /// A server that is running somewhere.
  record Remote(Protocol protocol, Value url, Map<String, Value> headers)
      implements ServerDefinition {
    public Remote {
      headers = Map.copyOf(headers);
    }
  }

  /// How messages travel over HTTP.
  enum Protocol {
    STREAMABLE,
    SSE
  }

  /// Reads a definition that was checked when its file was loaded.
  static ServerDefinition of(JsonNode checked) {
    return switch (checked.path("transport").asString("")) {
      case "stdio" ->
          new Stdio(
              value(checked.path("command")),
              list(checked.path("args")),
              Optional.of(checked.path("cwd"))
                  .filter(node -> !node.isMissingNode())
                  .map(ServerDefinition::value),
              map(checked.path("env")));
      case "http" -> remote(Protocol.STREAMABLE, checked);
      case "sse" -> remote(Protocol.SSE, checked);
      default -> throw new IllegalArgumentException("not a checked definition");
    };
  }

  private static Remote remote(Protocol protocol, JsonNode checked) {
    return new Remote(protocol, value(checked.path("url")), map(checked.path("headers")));
  }

  private static List<Value> list(JsonNode nodes) {
    List<Value> values = new ArrayList<>();
    nodes.forEach(node -> values.add(value(node)));
    return values;
  }

  private static Map<String, Value> map(JsonNode nodes) {
    Map<String, Value> values = new LinkedHashMap<>();
    nodes.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
    return values;
  }

  private static Value value(JsonNode node) {
    return node.isObject()
        ? new Value.Variable(Json.text(node, "env").orElseThrow())
        : new Value.Literal(node.asString());
  }
}
