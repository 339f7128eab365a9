package com.commaagents.strategy.load;

/// What the strategies of a program may refer to.
///
/// @param agentTypes types beyond `user` and `llm`
/// @param flowTypes types beyond `sequential`, `cycle` and `broadcast`
/// @param mcpServers ids defined outside of the strategy, which its own add to
public record Available(
    Names tools,
    AddedTypes agentTypes,
    AddedTypes flowTypes,
    Names skills,
    Names mcpServers,
    TemplateSyntax templates) {
  /// Every name exists: for looking at strategies that are not about to run.
  public static final Available NOT_CHECKED =
      new Available(
          new Names.NotChecked(),
          new AddedTypes.NotChecked(),
          new AddedTypes.NotChecked(),
          new Names.NotChecked(),
          new Names.NotChecked(),
          TemplateSyntax.NOT_CHECKED);
}
