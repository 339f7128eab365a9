package com.commaagents.protocol.message;

/// How far a change of an MCP server reaches.
public enum McpScope implements Labelled {
  DEFAULT("default"),
  RUN("run");

  private final String label;

  McpScope(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
