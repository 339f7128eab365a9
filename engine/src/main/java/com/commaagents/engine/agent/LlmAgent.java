package com.commaagents.engine.agent;

import java.util.ArrayList;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.resume.RecordedCall;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.strategy.definition.AgentDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An agent that is a model with tools.
///
/// A call: steering is merged into the message, the conversation is compacted where that is due,
/// then model round-trips until no tool is called or `maxSteps` is reached. The model is looked up
/// at the first call, so that a run can be prepared without a credential.
public final class LlmAgent implements Agent {
  private final Setup setup;
  private final AgentServices services;
  private final Memory memory;
  private final ModelCaller caller;
  private final List<Tool> tools;
  private final Compactor compactor;
  private @Nullable Model model;

  public LlmAgent(Setup setup, AgentServices services) {
    this.setup = setup;
    this.services = services;
    this.memory = Memory.of(setup.definition().retention());
    this.caller = new ModelCaller(services.clock(), services.random(), services.meter());
    this.tools = setup.definition().tools().stream().map(services.tools()::tool).toList();
    this.compactor = new Compactor(setup.definition(), services, caller);
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
    Model known = model();
    Speaker speaker = new Speaker(setup.name(), path, known.info());
    Optional<RecordedCall.Begun> begun = before.begun();
    CallHooks hooks = services.hooks(setup.name(), path, memory.size() == 0);
    Message.User asked =
        begun.isPresent()
            ? begun.get().asked()
            : Message.user(steered(hooks.altered(input.text()), path));
    if (begun.isEmpty()) {
      compactor.apply(memory, known, speaker);
    }
    hooks.before(asked.content().text());
    LlmCall call = new LlmCall(setup, services, caller, tools(), known, speaker, hooks, before);
    CallRecord record =
        call.run(asked, memory.messages(setup.definition().retention().rollingWindow()));
    memory.add(record);
    return result(record);
  }

  private Model model() {
    Model known = model;
    if (known == null) {
      known = services.models().model(setup.modelName(), setup.scope());
      services.meter().requirePrice(setup.name(), known.info());
      model = known;
    }
    return known;
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

  // Asked for at every call: an MCP server may have changed its tools since the last one.
  private ToolCaller tools() throws InterruptedException {
    List<Tool> all = new ArrayList<>(tools);
    for (String serverId : setup.definition().mcpServers()) {
      all.addAll(services.servers().of(serverId));
    }
    return new ToolCaller(all, services);
  }
}
