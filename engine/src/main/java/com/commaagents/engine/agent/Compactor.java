package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.ConversationJson;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.RetentionEvent;
import com.commaagents.engine.conversation.RetentionEvent.Reason;
import com.commaagents.engine.conversation.RetentionEvent.Trigger;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.strategy.definition.AgentDefinition.Compaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a summary in the place of an agent's oldest records before they fill the model's window.
///
/// It happens when the tokens of the last call reach [#THRESHOLD_RATIO] of the model's limit, or
/// when there are more active records than the threshold where one is given. All but the newest
/// records are summarised by the agent's own model; its answer is metered and not shown.
final class Compactor {
  static final double THRESHOLD_RATIO = 0.85;
  static final String NOTICE = "[Earlier conversation compacted - summary follows.]";

  private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

  private final Compaction compaction;
  private final AgentServices services;
  private final Workbench bench;

  Compactor(Compaction compaction, AgentServices services, Workbench bench) {
    this.compaction = compaction;
    this.services = services;
    this.bench = bench;
  }

  /// Compacts a memory where it is due. A model that has no summary to give leaves it as it is.
  void apply(Memory memory, Speaker speaker) throws InterruptedException {
    List<CallRecord> oldest = memory.allBut(compaction.keepRecent());
    if (!compaction.enabled() || oldest.stream().allMatch(Compactor::isSummary)) {
      return;
    }
    Figures figures = figures(memory, speaker.model());
    Optional<Reason> reason = figures.reason();
    if (reason.isEmpty()) {
      return;
    }
    Instant createdAt = services.clock().now();
    Turn answer = bench.silent(SummaryPrompt.of(bench, oldest));
    services
        .journal()
        .add(new EngineEvent.SummaryMade(speaker.agentName(), speaker.path(), answer.spent()));
    String summary = answer.text();
    if (summary.isBlank()) {
      LOG.warn("agent {}: the summary was empty, nothing was compacted", speaker.agentName());
      return;
    }
    CallRecord record = record(speaker.agentName(), createdAt, summary);
    RetentionEvent event =
        new RetentionEvent(
            services.ids().next(),
            speaker.agentName(),
            createdAt,
            reason.get(),
            figures.trigger(),
            oldest.size(),
            memory.size() - oldest.size(),
            record,
            oldest.stream().map(CallRecord::id).toList(),
            memory.idAt(oldest.size()),
            Part.NO_EXTRA);
    memory.compact(oldest.size(), record);
    services.journal().add(new EngineEvent.ConversationCompacted(speaker.path(), event));
    services
        .journal()
        .add(
            new EngineEvent.Streaming(
                speaker, new StreamEvent.Retention(ConversationJson.write(event))));
  }

  // A summary alone is not summarised again: that would only lose detail.
  private static boolean isSummary(CallRecord record) {
    return record.userMessage().content().text().equals(NOTICE);
  }

  private Figures figures(Memory memory, ModelInfo info) {
    OptionalLong limit =
        info.maxInputTokens().isPresent() ? info.maxInputTokens() : info.contextWindow();
    return new Figures(info, memory.lastContextUsage(), limit, memory.size(), threshold());
  }

  private OptionalLong threshold() {
    return compaction.threshold().isPresent()
        ? OptionalLong.of(Math.max(compaction.threshold().getAsInt(), compaction.keepRecent() + 1L))
        : OptionalLong.empty();
  }

  private CallRecord record(String agentName, Instant createdAt, String summary) {
    return new CallRecord(
        services.ids().next(),
        agentName,
        createdAt,
        Message.user(NOTICE),
        List.of(Message.assistant(List.of(Part.text(summary)))),
        summary,
        Usage.NONE,
        Optional.empty(),
        FinishReason.STOP,
        Optional.empty());
  }

  /// What the decision rests on.
  private record Figures(
      ModelInfo info,
      Optional<ContextUsage> lastUsage,
      OptionalLong limit,
      long activeRecords,
      OptionalLong threshold) {

    Optional<Reason> reason() {
      if (ratio().orElse(0) >= THRESHOLD_RATIO) {
        return Optional.of(Reason.CONTEXT_WINDOW);
      }
      return activeRecords > threshold.orElse(Long.MAX_VALUE)
          ? Optional.of(Reason.RECORD_COUNT)
          : Optional.empty();
    }

    private OptionalDouble ratio() {
      return lastUsage.isPresent() && limit.orElse(0) > 0
          ? OptionalDouble.of((double) lastUsage.get().totalTokens() / limit.getAsLong())
          : OptionalDouble.empty();
    }

    Trigger trigger() {
      return new Trigger(
          Optional.of(info.name()),
          lastUsage,
          limit,
          info.contextWindow(),
          info.maxInputTokens(),
          ratio(),
          OptionalDouble.of(THRESHOLD_RATIO),
          OptionalLong.of(activeRecords),
          threshold);
    }
  }
}
