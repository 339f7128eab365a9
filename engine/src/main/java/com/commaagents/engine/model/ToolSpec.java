package com.commaagents.engine.model;

import tools.jackson.databind.JsonNode;

/// What a model is told of a tool.
///
/// @param description what it does and when to use it, for a model
/// @param inputSchema a JSON Schema of type `object`
/// @param idempotent whether a call whose outcome is unknown may simply be made again
public record ToolSpec(String name, String description, JsonNode inputSchema, boolean idempotent) {}
