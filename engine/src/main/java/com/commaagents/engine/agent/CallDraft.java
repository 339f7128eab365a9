package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Spent;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one call has come to so far; its record in the end. Used by one thread.
final class CallDraft {
  private final AgentServices services;
  private final Speaker speaker;
  private final CallTurns turns;
  private final List<Message> responses = new ArrayList<>();
  private Spent spent = Spent.NOTHING;

  CallDraft(AgentServices services, Speaker speaker, CallTurns turns) {
    this.services = services;
    this.speaker = speaker;
    this.turns = turns;
  }

  void respond(Message message) {
    responses.add(message);
  }

  void spend(Spent further) {
    spent = spent.plus(further);
  }

  /// How the call ends, if that is what it says.
  CallResult result(String text, Optional<ContextUsage> contextUsage, FinishReason finishReason) {
    return new CallResult(text, spent.usage(), contextUsage, finishReason);
  }

  /// Journals the call and tells of its end.
  ///
  /// @param said what it came to, after the hooks
  CallRecord finish(CallResult said) throws InterruptedException {
    CallRecord record =
        new CallRecord(
            turns.callId(),
            speaker.agentName(),
            services.clock().now(),
            turns.asked(),
            responses,
            said.text(),
            said.usage(),
            said.contextUsage(),
            said.finishReason(),
            Optional.empty());
    Journal journal = services.journal();
    journal.add(new EngineEvent.CallRecorded(speaker.path(), record, spent.wholeCostUsd()));
    journal.add(
        new EngineEvent.AgentOutput(speaker, said.text(), said.usage(), said.contextUsage()));
    journal.add(new EngineEvent.Streaming(speaker, new StreamEvent.Done(said)));
    return record;
  }
}
