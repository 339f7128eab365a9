package com.commaagents.runs.mcp;

/// Turns an MCP server on or off. Turning on a program that a working folder names approves it.
///
/// @param scope for one run, or for all to come
/// @param where where the server is looked for; a run must be named for [Scope#RUN]
public record McpUpdate(String serverId, boolean enabled, Scope scope, McpQuery where) {
  /// What is changed.
  public enum Scope {
    /// What the file that defines the server says.
    DEFAULT,
    /// What one run uses.
    RUN
  }
}
