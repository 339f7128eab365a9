package com.commaagents.engine.event;

/// A piece of what a tool says while its call still runs. It is for those who watch: the whole
/// output is in the call's result.
///
/// @param path where the agent's step stands in the flow tree
/// @param index counts the pieces of a call over both streams, from 0; where one is missing, it was
///   left out
public record ToolOutput(
    String agentName,
    String path,
    String toolCallId,
    String toolName,
    Stream stream,
    long index,
    String text) {

  public enum Stream {
    STDOUT,
    STDERR
  }
}
