package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.CallResult;
import com.commaagents.protocol.message.StreamEvent;
import com.commaagents.protocol.message.StreamEvent.Done;
import com.commaagents.protocol.message.StreamEvent.McpOrigin;
import com.commaagents.protocol.message.StreamEvent.Retention;
import com.commaagents.protocol.message.StreamEvent.StepStart;
import com.commaagents.protocol.message.StreamEvent.Text;
import com.commaagents.protocol.message.StreamEvent.Thinking;
import com.commaagents.protocol.message.StreamEvent.ThinkingEnd;
import com.commaagents.protocol.message.StreamEvent.ThinkingStart;
import com.commaagents.protocol.message.StreamEvent.ToolCall;
import com.commaagents.protocol.message.StreamEvent.ToolResult;
import com.commaagents.protocol.message.StreamEvent.ToolStatus;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Every event of `agent_streaming` and its fields.
final class StreamEvents {
  private static final Field<String> TEXT = new Field<>("text", Kinds.TEXT);
  private static final Field<String> ID = new Field<>("id", Kinds.TEXT);
  private static final Field<String> TOOL_CALL_ID = new Field<>("toolCallId", Kinds.TEXT);
  private static final Field<String> TOOL_NAME = new Field<>("toolName", Kinds.TEXT);
  private static final Field<String> ARGS = new Field<>("args", Kinds.TEXT);
  private static final Field<String> OUTPUT = new Field<>("output", Kinds.TEXT);
  private static final Field<ToolStatus> STATUS =
      new Field<>("status", Kinds.oneOf(ToolStatus.values()));
  private static final Field<String> ERROR = new Field<>("error", Kinds.TEXT);
  private static final Field<String> SERVER_ID = new Field<>("serverId", Kinds.TEXT);
  private static final Field<McpOrigin> MCP =
      new Field<>(
          "mcp",
          Shape.object(McpOrigin.class)
              .required(SERVER_ID, McpOrigin::serverId)
              .required(TOOL_NAME, McpOrigin::toolName)
              .make(in -> new McpOrigin(in.get(SERVER_ID), in.get(TOOL_NAME))));
  private static final Field<JsonNode> EVENT = new Field<>("event", Kinds.OBJECT);
  private static final Field<CallResult> RESULT = new Field<>("result", ValueShapes.CALL_RESULT);

  static final Variants<StreamEvent> ALL =
      Variants.of(
          List.of(
              Shape.typed("text", Text.class)
                  .required(TEXT, Text::text)
                  .make(in -> new Text(in.get(TEXT))),
              Shape.typed("thinking-start", ThinkingStart.class)
                  .required(ID, ThinkingStart::id)
                  .make(in -> new ThinkingStart(in.get(ID))),
              Shape.typed("thinking", Thinking.class)
                  .required(ID, Thinking::id)
                  .required(TEXT, Thinking::text)
                  .make(in -> new Thinking(in.get(ID), in.get(TEXT))),
              Shape.typed("thinking-end", ThinkingEnd.class)
                  .required(ID, ThinkingEnd::id)
                  .make(in -> new ThinkingEnd(in.get(ID))),
              toolCall(),
              toolResult(),
              Shape.typed("step-start", StepStart.class).make(in -> new StepStart()),
              Shape.typed("retention", Retention.class)
                  .required(EVENT, Retention::event)
                  .make(in -> new Retention(in.get(EVENT))),
              Shape.typed("done", Done.class)
                  .required(RESULT, Done::result)
                  .make(in -> new Done(in.get(RESULT)))));

  private StreamEvents() {}

  private static Shape<ToolCall> toolCall() {
    return Shape.typed("tool-call", ToolCall.class)
        .required(TOOL_CALL_ID, ToolCall::toolCallId)
        .required(TOOL_NAME, ToolCall::toolName)
        .required(ARGS, ToolCall::args)
        .optional(MCP, ToolCall::mcp)
        .make(in ->
            new ToolCall(in.get(TOOL_CALL_ID), in.get(TOOL_NAME), in.get(ARGS), in.find(MCP)));
  }

  private static Shape<ToolResult> toolResult() {
    return Shape.typed("tool-result", ToolResult.class)
        .required(TOOL_CALL_ID, ToolResult::toolCallId)
        .required(TOOL_NAME, ToolResult::toolName)
        .required(OUTPUT, ToolResult::output)
        .required(STATUS, ToolResult::status)
        .optional(ERROR, ToolResult::error)
        .optional(MCP, ToolResult::mcp)
        .make(in ->
            new ToolResult(
                in.get(TOOL_CALL_ID),
                in.get(TOOL_NAME),
                in.get(OUTPUT),
                in.get(STATUS),
                in.find(ERROR),
                in.find(MCP)));
  }
}
