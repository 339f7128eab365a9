package com.commaagents.tools.lsp;

import com.commaagents.engine.model.ToolSpec;
import com.commaagents.tools.call.ActionTool;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.call.Schema;
import com.commaagents.tools.call.ToolGroup;
import com.commaagents.tools.failure.ErrorKind;
import com.commaagents.tools.failure.ToolError;
import java.util.List;

/// `lsp_request`: a name that strategies may hold; there is no language server behind it.
public final class LspTools implements ToolGroup {
  private final ToolSpec spec =
      new ToolSpec(
          "lsp_request",
          "Not available: there is no language server here. Use search_files and read_file to find"
              + " definitions and uses.",
          Schema.object().build(),
          true);

  @Override
  public List<ToolSpec> specs() {
    return List.of(spec);
  }

  @Override
  public OpenTools open(RunTools run) {
    return OpenTools.of(
        List.of(
            new ActionTool(
                spec,
                (_, _) -> {
                  throw new ToolError(
                      ErrorKind.UNKNOWN,
                      "lsp_request is not built: there is no language server here",
                      "find definitions and uses with search_files, and read them with read_file.");
                })));
  }
}
