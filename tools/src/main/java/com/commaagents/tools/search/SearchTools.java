package com.commaagents.tools.search;

import com.commaagents.base.time.Clock;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.tools.call.ActionTool;
import com.commaagents.tools.call.RunTools;
import com.commaagents.tools.call.ToolGroup;
import java.util.List;

/// `list_directory`, `glob`, `search_files`.
public final class SearchTools implements ToolGroup {
  private final Clock clock;

  public SearchTools(Clock clock) {
    this.clock = clock;
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
                SearchSpecs.SEARCH, new SearchFiles(run.guard(SearchSpecs.SEARCH.name()), clock))));
  }
}
