package com.commaagents.examples.plugin;

import com.commaagents.engine.hook.Hooks;

/// Says please to every agent that is asked for the first time.
final class PolitenessHook implements Hooks {
  @Override
  public String alterFirstCallMessage(AgentPlace at, String message) {
    return message + ", please";
  }
}
