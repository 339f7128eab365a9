package com.commaagents.engine.agent;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.tool.Tool;
import com.commaagents.strategy.definition.AgentDefinition.Equipment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one agent works with, as its definition names it. Used by one call after the other.
final class Workbench {
  private final Setup setup;
  private final AgentServices services;
  private final ModelCaller caller;
  private final List<Tool> tools;
  private @Nullable Model model;

  Workbench(Setup setup, AgentServices services) {
    this.setup = setup;
    this.services = services;
    this.caller = new ModelCaller(services.clock(), services.random(), services.meter());
    this.tools = setup.equipment().tools().stream().map(services.tools()::tool).toList();
  }

  /// What makes one.
  ///
  /// @param modelName the override, or the equipment's own; empty: the agent has none
  record Setup(
      String agentName, Equipment equipment, Optional<String> modelName, ModelScope scope) {}

  /// The agent's model, looked up when it is first needed, so that a run can be prepared without a
  /// credential.
  ///
  /// @throws Fault `INVALID_INPUT` when it has none, or what is missing of a credential
  Model model() {
    Model known = model;
    if (known == null) {
      String name =
          setup
              .modelName()
              .orElseThrow(() ->
                  new Fault(
                      FaultCode.INVALID_INPUT,
                      "Agent \""
                          + setup.agentName()
                          + "\" has no model; give it one in its config or override it"));
      known = services.models().model(name, setup.scope());
      services.meter().requirePrice(setup.agentName(), known.info());
      model = known;
    }
    return known;
  }

  /// The tools for one call, asked for anew: an MCP server may have changed its tools.
  ToolCaller tools() throws InterruptedException {
    List<Tool> all = new ArrayList<>(tools);
    for (String serverId : setup.equipment().mcpServers()) {
      all.addAll(services.servers().of(serverId));
    }
    return new ToolCaller(all, services);
  }

  /// A request of the agent, with the options of its definition.
  ModelRequest request(
      Optional<String> system,
      List<Message> messages,
      List<ToolSpec> offered,
      Optional<JsonNode> outputSchema) {
    return new ModelRequest(
        setup.agentName(),
        system,
        messages,
        offered,
        setup.equipment().modelOptions(),
        setup.equipment().providerOptions(),
        outputSchema);
  }

  /// A round-trip whose parts somebody sees as they come, see [ModelCaller#streamed].
  Turn streamed(ModelRequest request, Model.PartListener listener) throws InterruptedException {
    return caller.streamed(model(), request, listener);
  }

  /// A round-trip that nobody sees, see [ModelCaller#silent].
  Turn silent(ModelRequest request) throws InterruptedException {
    return caller.silent(model(), request);
  }
}
