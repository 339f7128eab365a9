package com.commaagents.protocol.codec;

import com.commaagents.protocol.message.RunLimits;

/// The fields of `prepare_run.limits`.
final class LimitsShape {
  private static final Field<Long> TOKENS = new Field<>("maxTokens", Kinds.COUNT);
  private static final Field<Double> COST = new Field<>("maxCostUsd", Kinds.NUMBER);
  private static final Field<Long> DURATION = new Field<>("maxDurationMs", Kinds.COUNT);
  private static final Field<Long> AGENT_CALLS = new Field<>("maxAgentCalls", Kinds.COUNT);
  private static final Field<Long> TOOL_CALLS = new Field<>("maxToolCalls", Kinds.COUNT);

  static final Shape<RunLimits> SHAPE =
      Shape.object(RunLimits.class)
          .optionalLong(TOKENS, RunLimits::maxTokens)
          .optionalDouble(COST, RunLimits::maxCostUsd)
          .optionalLong(DURATION, RunLimits::maxDurationMs)
          .optionalLong(AGENT_CALLS, RunLimits::maxAgentCalls)
          .optionalLong(TOOL_CALLS, RunLimits::maxToolCalls)
          .make(in ->
              new RunLimits(
                  in.findLong(TOKENS),
                  in.findDouble(COST),
                  in.findLong(DURATION),
                  in.findLong(AGENT_CALLS),
                  in.findLong(TOOL_CALLS)));

  private LimitsShape() {}
}
