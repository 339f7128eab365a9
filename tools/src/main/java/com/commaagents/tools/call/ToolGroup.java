package com.commaagents.tools.call;

import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.Tool;
import java.util.List;

/// Tools that belong together and may share state of a run; opened when a run first needs one.
public interface ToolGroup {
  /// The tools of the group; the same at every call.
  List<ToolSpec> specs();

  /// Makes the tools of one run. Costs little: it is on the way of preparing a run.
  OpenTools open(RunTools run);

  /// The tools of a group in one run.
  ///
  /// @param onClose releases what they hold; called once, when the run ends
  record OpenTools(List<Tool> tools, Runnable onClose) {
    public OpenTools {
      tools = List.copyOf(tools);
    }

    /// Tools that hold nothing.
    public static OpenTools of(List<Tool> tools) {
      return new OpenTools(tools, () -> {});
    }
  }
}
