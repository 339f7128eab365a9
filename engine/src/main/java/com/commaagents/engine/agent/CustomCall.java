package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.Spent;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.event.EngineEvent.ToolOutcome;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.plugin.AgentWork;
import com.commaagents.engine.resume.RecordedCall.RecordedTurn;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call of an agent of an added type. It is kept as one of an LLM agent is: each answer of a
/// model is a round-trip, and tools that the agent calls by itself are [ToolRounds]. Used once, by
/// one thread.
///
/// Limit: [#MAX_TURNS] round-trips.
final class CustomCall implements AgentWork {
  static final int MAX_TURNS = 10_000;

  private final AgentServices services;
  private final Workbench bench;
  private final Optional<String> skills;
  private final ToolCaller tools;
  private final Speaker speaker;
  private final CallTurns turns;
  private final CallDraft draft;
  private final WorkBorder border = new WorkBorder();
  private @Nullable Asked open;

  /// The answer whose tools may be called now.
  private record Asked(Answer answer, boolean shown, Optional<RecordedTurn> known) {}

  CustomCall(
      AgentServices services,
      Workbench bench,
      Optional<String> skills,
      Speaker speaker,
      CallTurns turns)
      throws InterruptedException {
    this.services = services;
    this.bench = bench;
    this.skills = skills;
    this.tools = bench.tools();
    this.speaker = speaker;
    this.turns = turns;
    this.draft = new CallDraft(services, speaker, turns);
  }

  void begin() throws InterruptedException {
    stream(new StreamEvent.StepStart());
  }

  /// Where the type's code begins and ends.
  WorkBorder border() {
    return border;
  }

  /// Journals the call.
  CallRecord finish(String answer, CallHooks hooks) throws InterruptedException {
    border.requireGoingOn();
    requireSame(!turns.replaying());
    CallResult result = draft.result(answer, Optional.empty(), FinishReason.STOP);
    String text = hooks.after(result);
    draft.respond(Message.assistant(List.of(Part.text(text))));
    return draft.finish(result.withText(text));
  }

  @Override
  public void text(String part) throws InterruptedException {
    border.pass(() -> {
      if (!turns.replaying() && !part.isEmpty()) {
        stream(new StreamEvent.Text(part));
      }
      return part;
    });
  }

  @Override
  public List<String> steering() throws InterruptedException {
    return border.pass(() ->
        turns.replaying()
            ? turns.steering()
            : services.people().takeSteering(speaker.agentName(), speaker.path()));
  }

  @Override
  public Optional<String> skills() {
    return skills;
  }

  @Override
  public List<ToolSpec> tools() {
    return tools.specs();
  }

  @Override
  public List<ToolOutcome> use(List<ToolUse> uses) throws InterruptedException {
    return border.pass(() -> {
      if (uses.isEmpty()) {
        return List.of();
      }
      Optional<RecordedTurn> known = next();
      Turn turn = ToolRounds.turn(turns.callId(), turns.index(), uses);
      known.ifPresent(recorded ->
          requireSame(recorded.turn().message().content().asParts().equals(turn.parts())));
      keep(turn, known);
      return run(turn.calls(), Message.assistant(turn.parts()), known, false).stream()
          .map(CustomCall::outcome)
          .toList();
    });
  }

  @Override
  public Message.Tool use(Answer answer) throws InterruptedException {
    return border.pass(() -> {
      Asked last = open;
      if (last == null || !last.answer().equals(answer) || answer.calls().isEmpty()) {
        throw new IllegalStateException(
            "only the answer given last is used, once, and only where it has calls");
      }
      return Message.tool(run(answer.calls(), answer.message(), last.known(), last.shown()));
    });
  }

  @Override
  public Answer ask(Question question) throws InterruptedException {
    return border.pass(() -> {
      Optional<RecordedTurn> known = next();
      known.ifPresent(recorded -> requireSame(!ToolRounds.is(recorded)));
      Turn turn = known.isPresent() ? RecordedTurns.turn(known.get()) : generate(question);
      keep(turn, known);
      Answer answer =
          new Answer(
              turn.text(),
              Message.assistant(turn.parts()),
              turn.calls(),
              turn.end().finishReason(),
              turn.end().usage());
      open = new Asked(answer, question.shown(), known);
      return answer;
    });
  }

  @Override
  public void spent(Usage own, Optional<BigDecimal> costUsd) throws InterruptedException {
    border.pass(() -> {
      if (own.promptTokens() < 0 || own.completionTokens() < 0) {
        throw new IllegalArgumentException("tokens spent are not negative");
      }
      Spent spent = Spent.of(own, costUsd);
      draft.spend(spent);
      services.meter().add(speaker.agentName(), spent);
      return spent;
    });
  }

  private Turn generate(Question question) throws InterruptedException {
    ModelRequest request =
        bench.request(
            question.system(), question.messages(), question.tools(), question.outputSchema());
    return question.shown()
        ? bench.streamed(request, new Relay(services.journal(), speaker, tools::origin))
        : bench.silent(request);
  }

  private Optional<RecordedTurn> next() {
    open = null;
    if (turns.index() >= MAX_TURNS) {
      throw new Fault(
          FaultCode.LIMIT_EXCEEDED,
          "a call of an agent of an added type asks models and uses tools at most "
              + MAX_TURNS
              + " times");
    }
    return turns.next();
  }

  private void keep(Turn turn, Optional<RecordedTurn> known) throws InterruptedException {
    turns.keep(turn, known);
    draft.spend(turn.spent());
  }

  /// @param told whether clients have seen the calls
  private List<Part> run(
      List<ModelPart.ToolCall> calls,
      Message.Assistant message,
      Optional<RecordedTurn> known,
      boolean told)
      throws InterruptedException {
    open = null;
    if (known.isEmpty() && !told) {
      for (ModelPart.ToolCall call : calls) {
        String name = call.toolName();
        stream(
            new StreamEvent.ToolCall(
                call.toolCallId(), name, call.arguments(), tools.origin(name)));
      }
    }
    List<Part> results = tools.run(calls, speaker, known);
    draft.respond(message);
    draft.respond(Message.tool(results));
    return results;
  }

  private static ToolOutcome outcome(Part part) {
    if (!(part instanceof Part.ToolResult result)) {
      throw new IllegalStateException("a tool gives results");
    }
    String said = result.output().asString();
    return result.outputKind() == Part.OutputKind.TEXT
        ? new ToolOutcome.Completed(said)
        : new ToolOutcome.Failed(said);
  }

  private static void requireSame(boolean same) {
    if (!same) {
      throw new Fault(
          FaultCode.CONFLICT,
          "the agent does not ask for what it had asked for before the interruption; continue the"
              + " run with a further prompt instead");
    }
  }

  private void stream(StreamEvent event) throws InterruptedException {
    services.journal().add(new EngineEvent.Streaming(speaker, event));
  }
}
