package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.resume.RecordedCall.RecordedTurn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One call of an LLM agent: round-trips, tools, record. Used once, by one thread.
final class LlmCall {
  private final LlmAgent.Setup setup;
  private final AgentServices services;
  private final Workbench bench;
  private final ToolCaller tools;
  private final Speaker speaker;
  private final CallHooks hooks;
  private final CallTurns turns;
  private final CallDraft draft;
  private final OutputCheck outputCheck;
  private final List<Message> messages = new ArrayList<>();

  LlmCall(
      LlmAgent.Setup setup,
      AgentServices services,
      Workbench bench,
      Speaker speaker,
      CallHooks hooks,
      CallTurns turns)
      throws InterruptedException {
    this.setup = setup;
    this.services = services;
    this.bench = bench;
    this.tools = bench.tools();
    this.speaker = speaker;
    this.hooks = hooks;
    this.turns = turns;
    this.draft = new CallDraft(services, speaker, turns);
    this.outputCheck = new OutputCheck(setup.definition().outputSchema(), services.schemas());
  }

  /// Takes the round-trips that are recorded, then makes the others.
  CallRecord run(List<Message> history) throws InterruptedException {
    messages.addAll(history);
    messages.add(turns.asked());
    while (true) {
      Optional<RecordedTurn> known = turns.next();
      Turn turn = known.isPresent() ? RecordedTurns.turn(known.get()) : roundTrip();
      draft.spend(turn.spent());
      boolean last = turns.index() + 1 >= setup.definition().maxSteps();
      if (!turn.calls().isEmpty()) {
        turns.keep(turn, known);
        runTools(turn, known);
        if (last) {
          outputCheck.requireNone(setup.definition().maxSteps());
          return finish(turn, FinishReason.TOOL_CALLS);
        }
        continue;
      }
      Optional<String> repair = outputCheck.repair(turn.text(), last);
      if (repair.isEmpty()) {
        respond(turn);
        return finish(turn, turn.end().finishReason());
      }
      turns.keep(turn, known);
      askAgain(turn, repair.get());
    }
  }

  private Turn roundTrip() throws InterruptedException {
    ModelRequest request =
        bench.request(setup.system(), messages, tools.specs(), setup.definition().outputSchema());
    return bench.streamed(request, new Relay(services.journal(), speaker, tools::origin));
  }

  private void runTools(Turn turn, Optional<RecordedTurn> known) throws InterruptedException {
    respond(turn);
    List<Part> results = tools.run(turn.calls(), speaker, known);
    Message.Tool message = Message.tool(results);
    messages.add(message);
    draft.respond(message);
  }

  // An empty message is left out: providers refuse one.
  private void respond(Turn turn) {
    if (!turn.parts().isEmpty()) {
      Message.Assistant message = Message.assistant(turn.parts());
      messages.add(message);
      draft.respond(message);
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

  private CallRecord finish(Turn lastTurn, FinishReason finishReason) throws InterruptedException {
    CallResult said = draft.result(lastTurn.text(), lastTurn.end().contextUsage(), finishReason);
    return draft.finish(said.withText(hooks.after(said)));
  }
}
