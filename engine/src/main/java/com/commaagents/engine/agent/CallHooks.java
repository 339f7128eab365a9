package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.hook.HookChain;
import com.commaagents.engine.hook.Hooks.AgentPlace;

/// The hooks around one call of an agent.
///
/// @param first whether the agent has no record yet
record CallHooks(HookChain hooks, AgentPlace at, boolean first) {
  /// The message to go on with.
  String altered(String message) throws InterruptedException {
    return hooks.alter(
        message,
        (one, text) ->
            first ? one.alterFirstCallMessage(at, text) : one.alterCallMessage(at, text));
  }

  void before(String message) throws InterruptedException {
    hooks.tell(one -> {
      if (first) {
        one.beforeFirstCall(at, message);
      } else {
        one.beforeCall(at, message);
      }
    });
  }

  /// The response to record and pass on.
  String after(CallResult result) throws InterruptedException {
    hooks.tell(one -> {
      if (first) {
        one.afterFirstCallResult(at, result);
      } else {
        one.afterCallResult(at, result);
      }
    });
    return hooks.alter(
        result.text(),
        (one, text) -> first ? one.alterFirstResponse(at, text) : one.alterResponse(at, text));
  }
}
