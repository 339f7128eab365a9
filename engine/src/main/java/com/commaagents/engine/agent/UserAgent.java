package com.commaagents.engine.agent;

import com.commaagents.engine.resume.RecordedCall;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.strategy.definition.AgentDefinition;
import java.util.List;
import java.util.Optional;

/// An agent that is a person.
///
/// With `requireInput` it asks each time it is called, but takes a fresh non-empty input as the
/// answer. Without, it answers its preset message or passes its input on. It streams nothing.
public final class UserAgent implements Agent {
  private final String name;
  private final AgentDefinition.User definition;
  private final AgentServices services;
  private boolean first = true;

  public UserAgent(String name, AgentDefinition.User definition, AgentServices services) {
    this.name = name;
    this.definition = definition;
    this.services = services;
  }

  @Override
  public String name() {
    return name;
  }

  /// A person remembers by themselves; only whether there was a call counts.
  @Override
  public void restore(List<StoredRecord> records) {
    first = records.isEmpty();
  }

  @Override
  public CallResult call(StepInput input, String path, RecordedCall before)
      throws InterruptedException {
    if (before.record().isPresent()) {
      return CallResult.of(before.record().get().text());
    }
    services.meter().agentCall();
    CallHooks hooks = services.hooks(name, path, first);
    StepInput altered = new StepInput(hooks.altered(input.text()), input.fresh());
    hooks.before(altered.text());
    String given = before.answer().isPresent() ? before.answer().get() : answer(altered, path);
    String answer = hooks.after(CallResult.of(given));
    services
        .journal()
        .add(new EngineEvent.CallRecorded(path, record(altered.text(), answer), Optional.empty()));
    first = false;
    return CallResult.of(answer);
  }

  private String answer(StepInput input, String path) throws InterruptedException {
    if (!definition.requireInput()) {
      return definition.presetMessage().orElse(input.text());
    }
    if (input.fresh() && !input.text().isEmpty()) {
      return input.text();
    }
    return services.people().input(name, path, definition.presetMessage().orElse(""));
  }

  private CallRecord record(String message, String answer) {
    return new CallRecord(
        services.ids().next(),
        name,
        services.clock().now(),
        Message.user(message),
        List.of(Message.assistant(List.of(Part.text(answer)))),
        answer,
        Usage.NONE,
        Optional.empty(),
        FinishReason.STOP,
        Optional.empty());
  }
}
