package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.CallResult;
import com.commaagents.protocol.message.ContextUsage;
import com.commaagents.protocol.message.ErrorDetail;
import com.commaagents.protocol.message.Usage;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Fields that several of the daemon's messages have.
final class DaemonFields {
  static final Field<String> RUN_ID = new Field<>("runId", Kinds.TEXT);
  static final Field<Instant> TS = new Field<>("ts", Kinds.INSTANT);
  static final Field<String> REQUEST_ID = new Field<>("requestId", Kinds.TEXT);
  static final Field<String> STRATEGY_NAME = new Field<>("strategyName", Kinds.TEXT);
  static final Field<List<String>> AGENTS = new Field<>("agents", Kinds.listOf(Kinds.TEXT));
  static final Field<JsonNode> FLOW_TREE = new Field<>("flowTree", Kinds.OBJECT);
  static final Field<String> AGENT_NAME = new Field<>("agentName", Kinds.TEXT);
  static final Field<Usage> USAGE = new Field<>("usage", ValueShapes.USAGE);
  static final Field<ContextUsage> CONTEXT_USAGE =
      new Field<>("contextUsage", ValueShapes.CONTEXT_USAGE);
  static final Field<String> RESULT_TEXT = new Field<>("result", Kinds.TEXT);
  static final Field<CallResult> RESULT = new Field<>("result", ValueShapes.CALL_RESULT);
  static final Field<ErrorDetail> ERROR = new Field<>("error", ValueShapes.ERROR);
  static final Field<String> MESSAGE = new Field<>("message", Kinds.TEXT);

  private DaemonFields() {}
}
