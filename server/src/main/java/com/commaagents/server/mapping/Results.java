package com.commaagents.server.mapping;

import com.commaagents.protocol.message.CallResult;
import com.commaagents.protocol.message.ContextUsage;
import com.commaagents.protocol.message.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/// Results and their costs.
final class Results {
  private Results() {}

  static CallResult of(com.commaagents.engine.conversation.CallResult result) {
    return new CallResult(
        result.text(),
        usage(result.usage()),
        result.contextUsage().map(Results::contextUsage),
        result.finishReason().label());
  }

  static Usage usage(com.commaagents.engine.conversation.Usage usage) {
    return new Usage(usage.promptTokens(), usage.completionTokens());
  }

  static OptionalDouble dollars(Optional<BigDecimal> dollars) {
    return dollars.isPresent()
        ? OptionalDouble.of(dollars.get().doubleValue())
        : OptionalDouble.empty();
  }

  static ContextUsage contextUsage(com.commaagents.engine.conversation.ContextUsage usage) {
    return new ContextUsage(
        usage.totalTokens(),
        usage.inputTokens(),
        usage.outputTokens(),
        usage
            .inputDetails()
            .map(details ->
                new ContextUsage.InputTokenDetails(
                    details.noCacheTokens(),
                    details.cacheReadTokens(),
                    details.cacheWriteTokens())),
        usage
            .outputDetails()
            .map(details ->
                new ContextUsage.OutputTokenDetails(
                    details.textTokens(), details.reasoningTokens())));
  }
}
