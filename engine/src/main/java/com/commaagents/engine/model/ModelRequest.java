package com.commaagents.engine.model;

import com.commaagents.engine.conversation.Message;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What an agent asks of a model in one round-trip.
///
/// @param agentName the agent that asks
/// @param system the system prompt; empty: none is sent
/// @param messages the conversation, oldest first; the last one is a user's or a tool's
/// @param tools what the model may call
/// @param options sampling options; `maxRetries` in it is the caller's business
/// @param providerOptions by provider, as the strategy file has them
/// @param outputSchema a JSON Schema for the answer, for providers that can enforce one
public record ModelRequest(
    String agentName,
    Optional<String> system,
    List<Message> messages,
    List<ToolSpec> tools,
    ModelOptions options,
    Map<String, JsonNode> providerOptions,
    Optional<JsonNode> outputSchema) {
  public ModelRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    providerOptions = Map.copyOf(providerOptions);
  }
}
