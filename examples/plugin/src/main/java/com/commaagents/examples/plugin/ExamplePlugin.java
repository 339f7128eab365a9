package com.commaagents.examples.plugin;

import com.commaagents.engine.hook.Hooks;
import com.commaagents.engine.plugin.AgentType;
import com.commaagents.engine.plugin.CommaPlugin;
import com.commaagents.engine.plugin.FlowType;
import com.commaagents.engine.plugin.ToolType;
import java.util.List;

/// Found by its name in `META-INF/services`.
public final class ExamplePlugin implements CommaPlugin {
  @Override
  public String name() {
    return "example";
  }

  @Override
  public List<AgentType> agentTypes() {
    return List.of(new CountingAgent(), new BriefAgent());
  }

  @Override
  public List<FlowType> flowTypes() {
    return List.of(new ShortestFlow());
  }

  @Override
  public List<ToolType> tools() {
    return List.of(new WordCountTool());
  }

  @Override
  public List<Hooks> hooks() {
    return List.of(new PolitenessHook());
  }
}
