package com.commaagents.engine.plugin;

import com.commaagents.engine.hook.Hooks;
import java.util.List;

/// What one library adds to the run system: it overrides what it has.
///
/// A program that embeds the run system hands plug-ins over. The daemon finds those that the jars
/// in the folder `plugins` of its data folder name as services of this type. A plug-in is code of
/// the program: nothing holds it back.
public interface CommaPlugin {
  /// For people.
  String name();

  default List<Hooks> hooks() {
    return List.of();
  }

  default List<AgentType> agentTypes() {
    return List.of();
  }

  default List<FlowType> flowTypes() {
    return List.of();
  }

  default List<ToolType> tools() {
    return List.of();
  }
}
