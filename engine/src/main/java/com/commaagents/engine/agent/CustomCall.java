package com.commaagents.engine.agent;

import com.commaagents.base.json.Json;
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
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.ToolSpec;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.engine.plugin.AgentWork;
import com.commaagents.engine.resume.RecordedCall;
import com.commaagents.engine.resume.RecordedCall.RecordedTurn;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call of an agent of an added type. It is kept as one of an LLM agent is: each answer of a
/// model is a round-trip, and tools that the agent calls by itself are those of a round-trip that
/// nobody had to make. Used once, by one thread.
///
/// Limit: [#MAX_TURNS] round-trips.
final class CustomCall implements AgentWork {
  static final int MAX_TURNS = 10_000;

  private final AgentServices services;
  private final ModelCaller caller;
  private final Supplier<Model> model;
  private final ToolCaller tools;
  private final Speaker speaker;
  private final Message.User asked;
  private final ReplayedTurns turns;
  private final Thread owner = Thread.currentThread();

  private final List<Message> responses = new ArrayList<>();
  private Usage usage = Usage.NONE;
  private @Nullable Asked open;
  private volatile boolean ended;
  private boolean interrupted;

  /// The answer whose tools may be called now.
  private record Asked(Answer answer, boolean shown, Optional<RecordedTurn> known) {}

  CustomCall(
      AgentServices services,
      ModelCaller caller,
      Supplier<Model> model,
      ToolCaller tools,
      Speaker speaker,
      Message.User asked,
      RecordedCall before) {
    this.services = services;
    this.caller = caller;
    this.model = model;
    this.tools = tools;
    this.speaker = speaker;
    this.asked = asked;
    this.turns = new ReplayedTurns(services.journal(), speaker, asked, before, services.ids());
  }

  void begin() throws InterruptedException {
    stream(new StreamEvent.StepStart());
  }

  /// From now on the type can do nothing more.
  void end() {
    ended = true;
  }

  /// The type may have swallowed the interruption.
  void requireGoingOn() throws InterruptedException {
    if (interrupted || Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
  }

  /// Journals the call.
  CallRecord finish(String answer, CallHooks hooks) throws InterruptedException {
    requireGoingOn();
    ReplayedTurns.requireSame(!turns.replaying());
    String text = hooks.after(new CallResult(answer, usage, Optional.empty(), FinishReason.STOP));
    responses.add(Message.assistant(List.of(Part.text(text))));
    CallRecord record =
        new CallRecord(
            turns.callId(),
            speaker.agentName(),
            services.clock().now(),
            asked,
            responses,
            text,
            usage,
            Optional.empty(),
            FinishReason.STOP,
            Optional.empty());
    services.journal().add(new EngineEvent.CallRecorded(speaker.path(), record));
    services.journal().add(new EngineEvent.AgentOutput(speaker, text, usage, Optional.empty()));
    stream(new StreamEvent.Done(LlmAgent.result(record)));
    return record;
  }

  @Override
  public void text(String part) throws InterruptedException {
    requireUsable();
    if (!turns.replaying() && !part.isEmpty()) {
      stream(new StreamEvent.Text(part));
    }
  }

  @Override
  public List<String> steering() throws InterruptedException {
    requireUsable();
    return turns.replaying()
        ? turns.steering()
        : passing(() -> services.people().takeSteering(speaker.agentName(), speaker.path()));
  }

  @Override
  public List<ToolSpec> tools() {
    return tools.specs();
  }

  @Override
  public List<ToolOutcome> use(List<ToolUse> uses) throws InterruptedException {
    requireUsable();
    if (uses.isEmpty()) {
      return List.of();
    }
    Optional<RecordedTurn> known = next();
    Turn turn = ownTurn(uses);
    known.ifPresent(recorded ->
        ReplayedTurns.requireSame(
            recorded.turn().message().content().asParts().equals(turn.parts())));
    keep(turn, known);
    return run(turn.calls(), Message.assistant(turn.parts()), known, false).stream()
        .map(CustomCall::outcome)
        .toList();
  }

  @Override
  public Message.Tool use(Answer answer) throws InterruptedException {
    requireUsable();
    Asked last = open;
    if (last == null || !last.answer().equals(answer) || answer.calls().isEmpty()) {
      throw new IllegalStateException(
          "only the answer given last is used, once, and only where it has calls");
    }
    return Message.tool(run(answer.calls(), answer.message(), last.known(), last.shown()));
  }

  @Override
  public Answer ask(Question question) throws InterruptedException {
    requireUsable();
    Optional<RecordedTurn> known = next();
    known.ifPresent(recorded -> ReplayedTurns.requireSame(!isOwn(recorded)));
    Turn turn =
        known.isPresent()
            ? RecordedTurns.turn(known.get())
            : passing(() -> generate(model.get(), question));
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
  }

  @Override
  public void spent(Usage own, Optional<BigDecimal> costUsd) throws InterruptedException {
    requireUsable();
    if (own.promptTokens() < 0 || own.completionTokens() < 0) {
      throw new IllegalArgumentException("tokens spent are not negative");
    }
    usage = usage.plus(own);
    passing(() -> {
      services.meter().add(speaker.agentName(), own, costUsd);
      return own;
    });
  }

  private Turn generate(Model asking, Question question) throws InterruptedException {
    ModelRequest request =
        new ModelRequest(
            speaker.agentName(),
            question.system(),
            question.messages(),
            question.tools(),
            ModelOptions.NONE,
            Map.of(),
            Optional.empty());
    return question.shown()
        ? caller.streamed(asking, request, new Relay(services.journal(), speaker, tools::origin))
        : caller.silent(asking, request);
  }

  /// The round-trip of a model that would ask for exactly these tools.
  private Turn ownTurn(List<ToolUse> uses) {
    List<Part> parts = new ArrayList<>();
    List<ModelPart.ToolCall> calls = new ArrayList<>();
    for (ToolUse use : uses) {
      ModelPart.ToolCall call =
          new ModelPart.ToolCall(
              ownPrefix(turns.index()) + calls.size(), use.tool(), Json.write(use.arguments()));
      calls.add(call);
      // Read from what was written, as a timeline is: there are several nodes for one number.
      parts.add(TurnBuilder.conversationPart(call));
    }
    return new Turn(
        parts, "", calls, new TurnEnd(FinishReason.TOOL_CALLS, Usage.NONE, Optional.empty()));
  }

  private String ownPrefix(int turn) {
    return turns.callId() + "-" + turn + "-";
  }

  private boolean isOwn(RecordedTurn recorded) {
    return recorded.turn().message().content().asParts().stream()
        .anyMatch(part ->
            part instanceof Part.ToolCall call
                && call.toolCallId().startsWith(ownPrefix(recorded.turn().index())));
  }

  private Optional<RecordedTurn> next() {
    open = null;
    return turns.next();
  }

  private void keep(Turn turn, Optional<RecordedTurn> known) throws InterruptedException {
    turns.keep(turn, known);
    usage = usage.plus(turn.end().usage());
  }

  private List<Part> run(
      List<ModelPart.ToolCall> calls,
      Message.Assistant message,
      Optional<RecordedTurn> known,
      boolean told)
      throws InterruptedException {
    open = null;
    if (known.isEmpty() && !told) {
      for (ModelPart.ToolCall call : calls) {
        stream(
            new StreamEvent.ToolCall(
                call.toolCallId(),
                call.toolName(),
                call.arguments(),
                tools.origin(call.toolName())));
      }
    }
    List<Part> results = passing(() -> tools.run(calls, speaker, known));
    responses.add(message);
    responses.add(Message.tool(results));
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

  private void requireUsable() throws InterruptedException {
    if (ended || !Thread.currentThread().equals(owner)) {
      throw new IllegalStateException(
          "an agent's work is done by the thread that answers, while it does");
    }
    requireGoingOn();
  }

  /// Remembers an interruption that goes through the hands of the type.
  private <T> T passing(Doing<T> doing) throws InterruptedException {
    try {
      return doing.get();
    } catch (InterruptedException stopped) {
      interrupted = true;
      throw stopped;
    }
  }

  /// Something that an interruption ends.
  @FunctionalInterface
  private interface Doing<T> {
    T get() throws InterruptedException;
  }

  private void stream(StreamEvent event) throws InterruptedException {
    passing(() -> {
      services.journal().add(new EngineEvent.Streaming(speaker, event));
      return event;
    });
  }
}
