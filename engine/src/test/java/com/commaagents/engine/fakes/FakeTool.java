package com.commaagents.engine.fakes;

import com.commaagents.base.json.Json;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import tools.jackson.databind.JsonNode;

/// A tool that wants `{"path": string}` and does what it was told.
public record FakeTool(String name, Behaviour behaviour) implements Tool {
  private static final String SCHEMA =
      """
      {"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}\
      """;

  /// What a call does with its path.
  @FunctionalInterface
  public interface Behaviour {
    String call(String path) throws InterruptedException;
  }

  public static FakeTool reading() {
    return new FakeTool("read_file", path -> "content of " + path);
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(name, "for tests", Json.parse(SCHEMA).orElseThrow(), true);
  }

  @Override
  public String call(JsonNode arguments, ToolCallContext context) throws InterruptedException {
    return behaviour.call(arguments.path("path").stringValue());
  }
}
