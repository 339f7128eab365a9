package com.commaagents.engine.limit;

import java.math.BigDecimal;
import java.time.Duration;

/// How reached limits are told.
public final class LimitMessages {
  private static final String ADVICE = ". Prepare the run with a higher limit to go on.";

  private LimitMessages() {}

  static String tokens(long limit, long spent) {
    return "maxTokens: " + spent + " tokens are spent; the limit is " + limit + ADVICE;
  }

  static String cost(BigDecimal limit, BigDecimal spent) {
    return "maxCostUsd: "
        + spent.stripTrailingZeros().toPlainString()
        + " US dollars are spent; the limit is "
        + limit.toPlainString()
        + ADVICE;
  }

  static String agentCalls(long limit) {
    return "maxAgentCalls: " + made(limit, "agent call") + "; another one was asked for" + ADVICE;
  }

  /// @param asked how many were asked for at once
  static String toolCalls(long limit, long made, int asked) {
    if (made == limit && asked == 1) {
      return "maxToolCalls: " + made(made, "tool call") + "; another one was asked for" + ADVICE;
    }
    return "maxToolCalls: "
        + made(made, "tool call")
        + "; "
        + asked
        + " more were asked for at once and the limit is "
        + limit
        + ADVICE;
  }

  /// A segment has taken too long.
  public static String duration(Duration limit) {
    return "maxDurationMs: " + limit.toMillis() + " ms have passed since the start" + ADVICE;
  }

  private static String made(long count, String what) {
    return count == 1 ? "1 " + what + " is made" : count + " " + what + "s are made";
  }
}
