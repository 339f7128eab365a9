package com.commaagents.engine;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.agent.Agent;
import com.commaagents.engine.agent.AgentServices;
import com.commaagents.engine.agent.CustomAgent;
import com.commaagents.engine.agent.LlmAgent;
import com.commaagents.engine.agent.SkillPrompts;
import com.commaagents.engine.agent.SystemPrompts;
import com.commaagents.engine.agent.UserAgent;
import com.commaagents.engine.hook.HookChain;
import com.commaagents.engine.hook.HookedJournal;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.engine.plugin.AgentType;
import com.commaagents.engine.plugin.Types;
import com.commaagents.engine.schema.JsonSchemas;
import com.commaagents.engine.template.Templates;
import com.commaagents.strategy.definition.AgentDefinition;
import com.commaagents.strategy.definition.AgentDefinition.Equipment;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.load.AddedTypes;
import com.commaagents.strategy.load.ConfigCheck;
import com.commaagents.strategy.load.ConfigCheck.Mistake;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Makes strategies ready to run. One is enough for a process: it keeps compiled JSON Schemas over
/// runs. Thread-safe.
public final class StrategyEngine {
  private final JsonSchemas schemas = new JsonSchemas();
  private final Templates templates;
  private final HookChain hooks;
  private final Types types;

  /// @param templates renders the system prompts that are templates
  /// @param hooks called while strategies run
  /// @param types of agents and flows besides the built-in ones
  public StrategyEngine(Templates templates, HookChain hooks, Types types) {
    this.templates = templates;
    this.hooks = hooks;
    this.types = types;
  }

  /// The types of agents that strategies may name besides the built-in ones.
  public AddedTypes addedAgents() {
    return types.addedAgents(schemas);
  }

  /// The types of flows that strategies may name besides the built-in ones.
  public AddedTypes addedFlows() {
    return types.addedFlows(schemas);
  }

  /// What the `outputSchema` of an agent is held to.
  public ConfigCheck outputSchemas() {
    return schema ->
        schemas.flaws(schema).stream()
            .map(flaw -> new Mistake(flaw.place(), "no JSON Schema: " + flaw.message()))
            .toList();
  }

  /// Builds the agents and the flow. Opens no connection and needs no credential; reads the prompt
  /// files beside the strategy.
  ///
  /// @throws Fault `INVALID_INPUT` when a prompt file, a template or a skill cannot be read, an
  ///   agent has no model, or its model has no known price while the cost is limited
  public PreparedStrategy prepare(Strategy strategy, EngineOptions options) {
    AgentServices services =
        new AgentServices(
            options.models(),
            options.tools(),
            options.servers(),
            options.people(),
            new HookedJournal(options.journal(), hooks),
            options.clock(),
            options.ids(),
            options.random(),
            options.meter(),
            schemas,
            hooks);
    Map<String, Agent> agents = new LinkedHashMap<>();
    strategy
        .agents()
        .forEach((name, definition) ->
            agents.put(name, agent(name, definition, strategy, options, services)));
    return new PreparedStrategy(strategy.flow(), agents, options, hooks, types.flows());
  }

  private Agent agent(
      String name,
      AgentDefinition definition,
      Strategy strategy,
      EngineOptions options,
      AgentServices services) {
    return switch (definition) {
      case AgentDefinition.User user -> new UserAgent(name, user, services);
      case AgentDefinition.Llm llm -> {
        String model = model(name, llm, options);
        options.meter().requirePrice(name, options.models().info(model));
        yield new LlmAgent(
            new LlmAgent.Setup(
                name,
                llm,
                SkillPrompts.with(
                    SystemPrompts.resolve(name, llm.systemPrompt(), strategy.file(), templates),
                    name,
                    llm.equipment(),
                    options.skills()),
                model,
                new ModelScope(strategy.name(), strategy.file())),
            services);
      }
      case AgentDefinition.Custom custom ->
          new CustomAgent(custom(name, custom, strategy, options), services);
    };
  }

  private CustomAgent.Setup custom(
      String name, AgentDefinition.Custom definition, Strategy strategy, EngineOptions options) {
    AgentType registered = types.agents().get(definition.type());
    if (registered == null) {
      throw new IllegalStateException("agent type not registered: " + definition.type());
    }
    Equipment equipment = definition.equipment();
    Optional<String> model =
        registered.usesModelAndTools()
            ? options.modelOverride().or(equipment::model)
            : Optional.empty();
    model.ifPresent(asked -> options.meter().requirePrice(name, options.models().info(asked)));
    return new CustomAgent.Setup(
        name,
        registered,
        definition,
        SkillPrompts.with(Optional.empty(), name, equipment, options.skills()),
        model,
        new ModelScope(strategy.name(), strategy.file()));
  }

  private static String model(String name, AgentDefinition.Llm definition, EngineOptions options) {
    return options
        .modelOverride()
        .or(definition.equipment()::model)
        .orElseThrow(() ->
            new Fault(
                FaultCode.INVALID_INPUT,
                "Agent \""
                    + name
                    + "\" has no model; give it one in the strategy file or override it"));
  }
}
