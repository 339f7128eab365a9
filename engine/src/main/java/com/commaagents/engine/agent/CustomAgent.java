package com.commaagents.engine.agent;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.StoredRecord;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.EngineEvent.StreamEvent;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.plugin.AgentType;
import com.commaagents.engine.plugin.AgentType.Exchange;
import com.commaagents.engine.resume.RecordedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// An agent of a type that the program added. Clients see the model `custom/TYPE`.
public final class CustomAgent implements Agent {
  private static final Logger LOG = LoggerFactory.getLogger(CustomAgent.class);

  private final String name;
  private final AgentType type;
  private final JsonNode config;
  private final AgentServices services;
  private final List<Exchange> earlier = new ArrayList<>();

  public CustomAgent(String name, AgentType type, JsonNode config, AgentServices services) {
    this.name = name;
    this.type = type;
    this.config = config;
    this.services = services;
  }

  @Override
  public String name() {
    return name;
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
      return CallResult.of(before.record().get().text());
    }
    services.meter().agentCall();
    CallHooks hooks = services.hooks(name, path, earlier.isEmpty());
    String message = hooks.altered(input.text());
    hooks.before(message);
    Speaker speaker =
        new Speaker(
            name,
            path,
            new ModelInfo("custom/" + type.name(), OptionalLong.empty(), OptionalLong.empty()));
    stream(speaker, new StreamEvent.StepStart());
    String text = hooks.after(CallResult.of(answer(message, speaker)));
    services.journal().add(new EngineEvent.CallRecorded(path, record(message, text)));
    services
        .journal()
        .add(new EngineEvent.AgentOutput(speaker, text, Usage.NONE, Optional.empty()));
    stream(speaker, new StreamEvent.Done(CallResult.of(text)));
    earlier.add(new Exchange(message, text));
    return CallResult.of(text);
  }

  private String answer(String message, Speaker speaker) throws InterruptedException {
    try {
      return type.answer(
          new AgentType.Call(
              name, config, message, earlier, part -> stream(speaker, new StreamEvent.Text(part))));
    } catch (RuntimeException thrown) {
      // The border to code of others, which may have swallowed the interruption.
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      LOG.warn("agent {} of type {} threw", name, type.name(), thrown);
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "the agent type " + type.name() + " threw: " + thrown.getMessage(),
          thrown);
    }
  }

  private void stream(Speaker speaker, StreamEvent event) throws InterruptedException {
    services.journal().add(new EngineEvent.Streaming(speaker, event));
  }

  private CallRecord record(String message, String text) {
    return new CallRecord(
        services.ids().next(),
        name,
        services.clock().now(),
        Message.user(message),
        List.of(Message.assistant(List.of(Part.text(text)))),
        text,
        Usage.NONE,
        Optional.empty(),
        FinishReason.STOP,
        Optional.empty());
  }
}
