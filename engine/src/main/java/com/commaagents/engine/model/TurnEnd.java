package com.commaagents.engine.model;

import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Usage;
import java.util.Optional;

/// How a round-trip ended.
///
/// @param contextUsage empty where the provider reported no usage; then `usage` is zero
public record TurnEnd(
    FinishReason finishReason, Usage usage, Optional<ContextUsage> contextUsage) {}
