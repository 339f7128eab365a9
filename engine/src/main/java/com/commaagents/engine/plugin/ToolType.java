package com.commaagents.engine.plugin;

import com.commaagents.engine.model.ToolSpec;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// A tool that agents may name. Used by several runs and threads at once.
public interface ToolType {
  /// What a model is told of it; the same at every call.
  ToolSpec spec();

  /// Does it and returns what the model is told. The arguments fit the schema. A failure that the
  /// model can act on is a text that says what to do next; an exception becomes an error for the
  /// model, never a failed run. An interruption is how a run is stopped: pass it on.
  String call(JsonNode arguments, Call call) throws InterruptedException;

  /// Which call of which agent.
  ///
  /// @param workingDirectory absolute; where the run works. The guard of the built-in tools does
  ///   not stand before what a plug-in does there
  record Call(String agentName, String toolCallId, Path workingDirectory) {}
}
