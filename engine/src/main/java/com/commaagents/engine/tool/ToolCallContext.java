package com.commaagents.engine.tool;

import com.commaagents.engine.resume.Recording;

/// Which call of which agent a tool works for.
///
/// @param path where the agent's step stands in the flow tree
/// @param before what this call had done inside, below [#pathInside], when it was interrupted; only
///   an idempotent tool is called again
/// @param live takes what the tool says while it runs
public record ToolCallContext(
    String agentName, String path, String toolCallId, Recording before, LiveOutput live) {
  private static final String INSIDE = "/launch[";

  /// A call that is made for the first time and that nobody watches.
  public ToolCallContext(String agentName, String path, String toolCallId) {
    this(agentName, path, toolCallId, Recording.NONE, LiveOutput.NONE);
  }

  /// What the paths of agents begin with that work inside this call.
  public String pathInside() {
    return pathInside(path, toolCallId);
  }

  /// Whether an agent at a path works inside of a tool call.
  public static boolean isInside(String path) {
    return path.contains(INSIDE);
  }

  /// What the paths of agents begin with that work inside a call of the agent at a path.
  public static String pathInside(String path, String toolCallId) {
    return path + INSIDE + toolCallId + "]/";
  }
}
