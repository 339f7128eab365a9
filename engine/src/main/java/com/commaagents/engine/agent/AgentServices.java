package com.commaagents.engine.agent;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.hook.HookChain;
import com.commaagents.engine.hook.Hooks.AgentPlace;
import com.commaagents.engine.limit.UsageMeter;
import com.commaagents.engine.model.ModelRegistry;
import com.commaagents.engine.people.People;
import com.commaagents.engine.schema.JsonSchemas;
import com.commaagents.engine.tool.ServerTools;
import com.commaagents.engine.tool.ToolSession;
import java.util.random.RandomGenerator;

/// What the agents of one run work with; all of it is used by several threads at once.
public record AgentServices(
    ModelRegistry models,
    ToolSession tools,
    ServerTools servers,
    People people,
    Journal journal,
    Clock clock,
    IdGenerator ids,
    RandomGenerator random,
    UsageMeter meter,
    JsonSchemas schemas,
    HookChain hooks) {
  /// The hooks around a call.
  CallHooks hooks(String agentName, String path, boolean first) {
    return new CallHooks(hooks, new AgentPlace(agentName, path), first);
  }
}
