package com.commaagents.strategy.load;

import java.util.Set;

/// What the strategies of a program may refer to.
///
/// @param agentTypes types beyond `user` and `llm`
/// @param flowTypes types beyond `sequential`, `cycle` and `broadcast`
/// @param mcpServers ids defined outside of the strategy, which its own add to
/// @param outputSchemas says of an agent's `outputSchema` whether it is one
/// @param mcpPrograms those of them that are programs, where it is known
public record Available(
    Names tools,
    AddedTypes agentTypes,
    AddedTypes flowTypes,
    Names skills,
    Names mcpServers,
    Set<String> mcpPrograms,
    TemplateSyntax templates,
    ConfigCheck outputSchemas) {
  public Available {
    mcpPrograms = Set.copyOf(mcpPrograms);
  }

  /// Every name exists: for looking at strategies that are not about to run.
  public static final Available NOT_CHECKED =
      new Available(
          new Names.NotChecked(),
          new AddedTypes.NotChecked(),
          new AddedTypes.NotChecked(),
          new Names.NotChecked(),
          new Names.NotChecked(),
          Set.of(),
          TemplateSyntax.NOT_CHECKED,
          ConfigCheck.NONE);
}
