package com.commaagents.engine.agent;

import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.resume.RecordedCall;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.strategy.definition.AgentDefinition;
import java.util.List;
import java.util.Optional;

/// An agent that is a model with tools.
///
/// A call: steering is merged into the message, the conversation is compacted where that is due,
/// then model round-trips until no tool is called or `maxSteps` is reached. The model is looked up
/// at the first call, so that a run can be prepared without a credential.
public final class LlmAgent implements Agent {
  private final Setup setup;
  private final AgentServices services;
  private final Memory memory;
  private final Workbench bench;
  private final Compactor compactor;

  public LlmAgent(Setup setup, AgentServices services) {
    AgentDefinition.Llm definition = setup.definition();
    this.setup = setup;
    this.services = services;
    this.memory = Memory.of(definition.retention());
    this.bench =
        new Workbench(
            new Workbench.Setup(
                setup.name(),
                definition.equipment(),
                Optional.of(setup.modelName()),
                setup.scope()),
            services);
    this.compactor = new Compactor(definition.retention().compaction(), services, bench);
  }

  /// What makes one LLM agent.
  ///
  /// @param system the system prompt, read and rendered; empty: none is sent
  /// @param modelName the override, or the definition's own
  public record Setup(
      String name,
      AgentDefinition.Llm definition,
      Optional<String> system,
      String modelName,
      ModelScope scope) {}

  @Override
  public String name() {
    return setup.name();
  }

  @Override
  public void restore(List<StoredRecord> records) {
    memory.restore(records);
  }

  @Override
  public CallResult call(StepInput input, String path, RecordedCall before)
      throws InterruptedException {
    if (before.record().isPresent()) {
      // It is among the records that were restored.
      return result(before.record().get());
    }
    services.meter().agentCall();
    Speaker speaker = new Speaker(setup.name(), path, bench.model().info());
    Optional<RecordedCall.Begun> begun = before.begun();
    CallHooks hooks = services.hooks(setup.name(), path, memory.size() == 0);
    Message.User asked =
        begun.isPresent()
            ? begun.get().asked()
            : Message.user(steered(hooks.altered(input.text()), path));
    if (begun.isEmpty()) {
      compactor.apply(memory, speaker);
    }
    hooks.before(asked.content().text());
    CallTurns turns = new CallTurns(services.journal(), speaker, asked, before, services.ids());
    CallRecord record =
        new LlmCall(setup, services, bench, speaker, hooks, turns)
            .run(memory.messages(setup.definition().retention().rollingWindow()));
    memory.add(record);
    return result(record);
  }

  private String steered(String message, String path) throws InterruptedException {
    StringBuilder steered = new StringBuilder(message);
    for (String text : services.people().takeSteering(setup.name(), path)) {
      steered
          .append(steered.isEmpty() ? "" : "\n\n")
          .append("<user_steering>\n")
          .append(text)
          .append("\n</user_steering>");
    }
    return steered.toString();
  }

  static CallResult result(CallRecord record) {
    return new CallResult(
        record.text(), record.usage(), record.contextUsage(), record.finishReason());
  }
}
