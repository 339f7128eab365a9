package com.commaagents.mcp.connection;

import tools.jackson.databind.JsonNode;

/// A tool as its server describes it.
///
/// @param inputSchema a JSON Schema
/// @param idempotent whether the server says that a call may simply be made again
public record OfferedTool(
    String name, String description, JsonNode inputSchema, boolean idempotent) {}
