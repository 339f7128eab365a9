package com.commaagents.engine.agent;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelScope;
import com.commaagents.engine.plugin.AgentType;
import com.commaagents.engine.plugin.AgentType.Exchange;
import com.commaagents.engine.resume.RecordedCall;
import com.commaagents.strategy.definition.AgentDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An agent of a type that the program added. Clients see the model `custom/TYPE`.
public final class CustomAgent implements Agent {
  private static final Logger LOG = LoggerFactory.getLogger(CustomAgent.class);

  private final Setup setup;
  private final AgentServices services;
  private final Workbench bench;
  private final List<Exchange> earlier = new ArrayList<>();

  public CustomAgent(Setup setup, AgentServices services) {
    this.setup = setup;
    this.services = services;
    this.bench =
        new Workbench(
            new Workbench.Setup(
                setup.name(), setup.definition().equipment(), setup.modelName(), setup.scope()),
            services);
  }

  /// What makes one such agent.
  ///
  /// @param skills what they say; empty: it has none
  /// @param modelName the override, or the definition's own; empty: it asks no model
  public record Setup(
      String name,
      AgentType type,
      AgentDefinition.Custom definition,
      Optional<String> skills,
      Optional<String> modelName,
      ModelScope scope) {}

  @Override
  public String name() {
    return setup.name();
  }

  @Override
  public void restore(List<StoredRecord> records) {
    for (StoredRecord stored : records) {
      CallRecord record = stored.read();
      earlier.add(new Exchange(record.userMessage().content().text(), record.text()));
    }
  }

  @Override
  public CallResult call(StepInput input, String path, RecordedCall before)
      throws InterruptedException {
    if (before.record().isPresent()) {
      return LlmAgent.result(before.record().get());
    }
    services.meter().agentCall();
    CallHooks hooks = services.hooks(setup.name(), path, earlier.isEmpty());
    Message.User asked =
        before.begun().isPresent()
            ? before.begun().get().asked()
            : Message.user(hooks.altered(input.text()));
    String message = asked.content().text();
    hooks.before(message);
    Speaker speaker = speaker(path);
    CallTurns turns = new CallTurns(services.journal(), speaker, asked, before, services.ids());
    CustomCall call = new CustomCall(services, bench, setup.skills(), speaker, turns);
    CallRecord record = call.finish(answer(message, call), hooks);
    earlier.add(new Exchange(message, record.text()));
    return LlmAgent.result(record);
  }

  private Speaker speaker(String path) {
    return new Speaker(
        setup.name(),
        path,
        new ModelInfo("custom/" + setup.type().name(), OptionalLong.empty(), OptionalLong.empty()));
  }

  private String answer(String message, CustomCall call) throws InterruptedException {
    AgentType type = setup.type();
    try {
      call.begin();
      return Objects.requireNonNull(
          type.answer(
              new AgentType.Call(
                  setup.name(), setup.definition().config(), message, earlier, call)),
          "it gave back no text");
    } catch (Fault told) {
      call.border().requireGoingOn();
      throw told;
    } catch (RuntimeException | LinkageError | StackOverflowError thrown) {
      // The border to code of others, which may have swallowed the interruption.
      call.border().requireGoingOn();
      LOG.warn("agent {} of type {} threw", setup.name(), type.name(), thrown);
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "the agent type " + type.name() + " threw: " + thrown.getMessage(),
          thrown);
    } finally {
      call.border().close();
    }
  }
}
