package com.commaagents.mcp.connection;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeIdResolver;

/// How the library reads messages: content of a kind that it does not know is nothing, and not the
/// end of the whole message.
final class WireMapper extends DeserializationProblemHandler {
  private WireMapper() {}

  static McpJsonMapper make() {
    return new JacksonMcpJsonMapper(JsonMapper.builder().addHandler(new WireMapper()).build());
  }

  @Override
  public JavaType handleUnknownTypeId(
      DeserializationContext context,
      JavaType type,
      String unknown,
      TypeIdResolver resolver,
      String message) {
    return context.constructType(Void.class);
  }
}
