package com.commaagents.protocol.message;

import java.util.Optional;

/// What an agent's call or a nested flow gave back.
///
/// @param finishReason for example `stop` or `tool-calls`; an open set
public record CallResult(
    String text, Usage usage, Optional<ContextUsage> contextUsage, String finishReason) {}
