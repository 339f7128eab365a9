package com.commaagents.tools.search;

import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.tools.call.ActionTool;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.call.ToolGroup;
import com.commaagents.tools.confinement.SearchPath;
import java.util.List;

/// `list_directory`, `glob`, `search_files`.
public final class SearchTools implements ToolGroup {
  private final Clock clock;
  private final Ripgrep ripgrep;

  /// @param searchPath where ripgrep is looked for
  public SearchTools(Clock clock, SearchPath searchPath) {
    this.clock = clock;
    ripgrep = new Ripgrep(searchPath, clock);
  }

  @Override
  public List<ToolSpec> specs() {
    return SearchSpecs.ALL;
  }

  @Override
  public OpenTools open(RunTools run) {
    return OpenTools.of(
        List.of(
            new ActionTool(SearchSpecs.LIST, new ListDirectory(run.guard(SearchSpecs.LIST.name()))),
            new ActionTool(SearchSpecs.GLOB, new GlobFiles(run.guard(SearchSpecs.GLOB.name()))),
            new ActionTool(
                SearchSpecs.SEARCH,
                new SearchFiles(
                    run.guard(SearchSpecs.SEARCH.name()),
                    run.workspace().root(),
                    ripgrep,
                    clock))));
  }
}
