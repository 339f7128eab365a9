package com.commaagents.engine.agent;

import com.commaagents.engine.resume.RecordedCall.RecordedTurn;
import com.commaagents.engine.resume.RecordedCall;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.Journal;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One call of an LLM agent: round-trips, tools, record. Used once, by one thread.
final class LlmCall {
  private final LlmAgent.Setup setup;
  private final AgentServices services;
  private final Journal journal;
  private final ModelCaller caller;
  private final ToolCaller tools;
  private final Model model;
  private final Speaker speaker;
  private final CallHooks hooks;
  private final String callId;
  private final List<RecordedTurn> before;
  private final OutputCheck outputCheck;

  private final List<Message> messages = new ArrayList<>();
  private final List<Message> responses = new ArrayList<>();
  private Usage usage = Usage.NONE;
  private int index;

  LlmCall(
      LlmAgent.Setup setup,
      AgentServices services,
      ModelCaller caller,
      ToolCaller tools,
      Model model,
      Speaker speaker,
      CallHooks hooks,
      RecordedCall before) {
    this.setup = setup;
    this.services = services;
    this.journal = services.journal();
    this.caller = caller;
    this.tools = tools;
    this.model = model;
    this.speaker = speaker;
    this.hooks = hooks;
    this.callId = before.begun().map(RecordedCall.Begun::callId).orElseGet(services.ids()::next);
    this.before = before.begun().isPresent() ? before.turns() : List.of();
    this.outputCheck = new OutputCheck(setup.definition().outputSchema(), services.schemas());
  }

  /// Takes the round-trips that are recorded, then makes the others.
  CallRecord run(Message.User asked, List<Message> history) throws InterruptedException {
    messages.addAll(history);
    messages.add(asked);
    while (true) {
      Optional<RecordedTurn> known = recorded();
      Turn turn = known.isPresent() ? RecordedTurns.turn(known.get()) : roundTrip();
      usage = usage.plus(turn.end().usage());
      boolean last = ++index >= setup.definition().maxSteps();
      if (!turn.calls().isEmpty()) {
        keepTurn(turn, asked);
        runTools(turn, known);
        if (last) {
          outputCheck.requireNone(setup.definition().maxSteps());
          return finish(asked, turn, FinishReason.TOOL_CALLS);
        }
        continue;
      }
      Optional<String> repair = outputCheck.repair(turn.text(), last);
      if (repair.isEmpty()) {
        respond(turn);
        return finish(asked, turn, turn.end().finishReason());
      }
      keepTurn(turn, asked);
      askAgain(turn, repair.get());
    }
  }

  private Optional<RecordedTurn> recorded() {
    return index < before.size() ? Optional.of(before.get(index)) : Optional.empty();
  }

  private Turn roundTrip() throws InterruptedException {
    ModelRequest request =
        new ModelRequest(
            setup.name(),
            setup.system(),
            messages,
            tools.specs(),
            setup.definition().modelOptions(),
            setup.definition().providerOptions(),
            setup.definition().outputSchema());
    return caller.streamed(model, request, new Relay(journal, speaker, tools::origin));
  }

  private void keepTurn(Turn turn, Message.User asked) throws InterruptedException {
    int turnIndex = index - 1;
    if (turnIndex < before.size()) {
      return;
    }
    journal.add(
        new EngineEvent.ModelTurn(
            setup.name(),
            speaker.path(),
            callId,
            turnIndex,
            turnIndex == 0 ? Optional.of(asked) : Optional.empty(),
            Message.assistant(turn.parts()),
            turn.end().usage(),
            turn.end().contextUsage(),
            turn.end().finishReason()));
  }

  private void runTools(Turn turn, Optional<RecordedTurn> known) throws InterruptedException {
    respond(turn);
    List<Part> results = tools.run(turn.calls(), speaker, known);
    Message.Tool message = Message.tool(results);
    messages.add(message);
    responses.add(message);
  }

  // An empty message is left out: providers refuse one.
  private void respond(Turn turn) {
    if (!turn.parts().isEmpty()) {
      Message.Assistant message = Message.assistant(turn.parts());
      messages.add(message);
      responses.add(message);
    }
  }

  // What was repaired is not part of the record: the conversation goes on as if the first answer
  // had been right.
  private void askAgain(Turn turn, String repair) {
    if (!turn.parts().isEmpty()) {
      messages.add(Message.assistant(turn.parts()));
    }
    messages.add(Message.user(repair));
  }

  private CallRecord finish(Message.User asked, Turn lastTurn, FinishReason finishReason)
      throws InterruptedException {
    Optional<ContextUsage> contextUsage = lastTurn.end().contextUsage();
    String text = hooks.after(new CallResult(lastTurn.text(), usage, contextUsage, finishReason));
    CallRecord record =
        new CallRecord(
            callId,
            setup.name(),
            services.clock().now(),
            asked,
            responses,
            text,
            usage,
            contextUsage,
            finishReason,
            Optional.empty());
    journal.add(new EngineEvent.CallRecorded(speaker.path(), record));
    journal.add(new EngineEvent.AgentOutput(speaker, record.text(), usage, contextUsage));
    journal.add(new EngineEvent.Streaming(speaker, new StreamEvent.Done(LlmAgent.result(record))));
    return record;
  }
}
