package com.commaagents.engine.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// A compaction of one agent's conversation: a summary took the place of its oldest records.
///
/// @param summaryRecord the record that stands for the superseded ones; active itself
/// @param insertBeforeRecordId the record it stands before; empty: at the end
/// @param extra the fields we do not know, written back as they came
public record RetentionEvent(
    String id,
    String agentName,
    Instant createdAt,
    Reason reason,
    Trigger trigger,
    long recordsCompacted,
    long recordsRetained,
    CallRecord summaryRecord,
    List<String> supersededRecordIds,
    Optional<String> insertBeforeRecordId,
    JsonNode extra) {
  public RetentionEvent {
    supersededRecordIds = List.copyOf(supersededRecordIds);
  }

  /// What made the compaction necessary.
  public enum Reason {
    CONTEXT_WINDOW,
    RECORD_COUNT;

    /// As on the wire and on disk, for example `context-window`.
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// The figures at the moment of the decision; what was not known is absent.
  ///
  /// @param model `provider/model`
  /// @param contextUsage that of the agent's last call
  /// @param tokenLimit the model's limit that counts: `maxInputTokens`, else `contextWindow`
  /// @param ratio tokens of the last call over `tokenLimit`
  /// @param thresholdRatio the ratio from which on a conversation is compacted
  /// @param recordThreshold the number of active records above which it is compacted
  public record Trigger(
      Optional<String> model,
      Optional<ContextUsage> contextUsage,
      OptionalLong tokenLimit,
      OptionalLong contextWindow,
      OptionalLong maxInputTokens,
      OptionalDouble ratio,
      OptionalDouble thresholdRatio,
      OptionalLong activeRecordCount,
      OptionalLong recordThreshold) {}
}
