package com.commaagents.protocol.codec;

import static com.commaagents.protocol.codec.DaemonFields.AGENTS;
import static com.commaagents.protocol.codec.DaemonFields.AGENT_NAME;
import static com.commaagents.protocol.codec.DaemonFields.CONTEXT_USAGE;
import static com.commaagents.protocol.codec.DaemonFields.ERROR;
import static com.commaagents.protocol.codec.DaemonFields.FLOW_TREE;
import static com.commaagents.protocol.codec.DaemonFields.MESSAGE;
import static com.commaagents.protocol.codec.DaemonFields.REQUEST_ID;
import static com.commaagents.protocol.codec.DaemonFields.RESULT;
import static com.commaagents.protocol.codec.DaemonFields.RESULT_TEXT;
import static com.commaagents.protocol.codec.DaemonFields.RUN_ID;
import static com.commaagents.protocol.codec.DaemonFields.STRATEGY_NAME;
import static com.commaagents.protocol.codec.DaemonFields.TS;
import static com.commaagents.protocol.codec.DaemonFields.USAGE;

import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.DaemonMessage.AgentOutput;
import com.commaagents.protocol.message.DaemonMessage.AgentStreaming;
import com.commaagents.protocol.message.DaemonMessage.PolicyUpdated;
import com.commaagents.protocol.message.DaemonMessage.RequestInput;
import com.commaagents.protocol.message.DaemonMessage.RequestPermission;
import com.commaagents.protocol.message.DaemonMessage.RequestQuestion;
import com.commaagents.protocol.message.DaemonMessage.RunEvent;
import com.commaagents.protocol.message.DaemonMessage.SteerQueued;
import com.commaagents.protocol.message.DaemonMessage.StepCompleted;
import com.commaagents.protocol.message.DaemonMessage.StepStarted;
import com.commaagents.protocol.message.DaemonMessage.StrategyCompleted;
import com.commaagents.protocol.message.DaemonMessage.StrategyError;
import com.commaagents.protocol.message.DaemonMessage.StrategyStarted;
import com.commaagents.protocol.message.EventHeader;
import com.commaagents.protocol.message.PermissionOperation;
import com.commaagents.protocol.message.PermissionReason;
import com.commaagents.protocol.message.StreamEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What happens in a run: `runId` stands first, `path`, `seq`, `ts` and the echo last.
final class RunEvents {
  private static final Field<String> PATH = new Field<>("path", Kinds.TEXT);
  private static final Field<Long> SEQ = new Field<>("seq", Kinds.ORDINAL);
  private static final Field<Long> FROM_SEQ = new Field<>("fromSeq", Kinds.ORDINAL);
  private static final Field<String> MODEL = new Field<>("model", Kinds.TEXT);
  private static final Field<Double> COST_USD = new Field<>("costUsd", Kinds.NUMBER);
  private static final Field<Long> CONTEXT_WINDOW = new Field<>("contextWindow", Kinds.WHOLE);
  private static final Field<StreamEvent> EVENT = new Field<>("event", StreamEvents.ALL);
  private static final Field<String> STEP_NAME = new Field<>("stepName", Kinds.TEXT);
  private static final Field<String> TEXT = new Field<>("text", Kinds.TEXT);
  private static final Field<String> PROMPT = new Field<>("prompt", Kinds.TEXT);
  private static final Field<String> TOOL_NAME = new Field<>("toolName", Kinds.TEXT);
  private static final Field<PermissionOperation> OPERATION =
      new Field<>("operation", Kinds.oneOf(PermissionOperation.values()));
  private static final Field<String> RESOURCE = new Field<>("resource", Kinds.TEXT);
  private static final Field<PermissionReason> REASON =
      new Field<>("reason", Kinds.oneOf(PermissionReason.values()));
  private static final Field<JsonNode> DETAILS = new Field<>("details", Kinds.OBJECT);
  private static final Field<String> QUESTION = new Field<>("question", Kinds.TEXT);
  private static final Field<String> TOOL = new Field<>("tool", Kinds.TEXT);
  private static final Field<String> NAME = new Field<>("name", Kinds.TEXT);
  private static final Field<List<String>> POLICIES =
      new Field<>(
          "policies",
          Kinds.listOf(
              Shape.object(String.class).required(NAME, name -> name).make(in -> in.get(NAME))));

  private RunEvents() {}

  static Stream<Shape<? extends DaemonMessage>> all() {
    return Stream.of(
        strategyStarted(),
        strategyCompleted(),
        strategyError(),
        agentOutput(),
        agentStreaming(),
        stepStarted(),
        stepCompleted(),
        steerQueued(),
        requestInput(),
        requestPermission(),
        requestQuestion(),
        policyUpdated());
  }

  private static Shape<StrategyStarted> strategyStarted() {
    return event("strategy_started", StrategyStarted.class)
        .required(STRATEGY_NAME, StrategyStarted::strategyName)
        .required(AGENTS, StrategyStarted::agents)
        .required(FLOW_TREE, StrategyStarted::flowTree)
        .make(in ->
            new StrategyStarted(
                header(in), in.get(STRATEGY_NAME), in.get(AGENTS), in.get(FLOW_TREE)));
  }

  private static Shape<StrategyCompleted> strategyCompleted() {
    return event("strategy_completed", StrategyCompleted.class)
        .required(RESULT_TEXT, StrategyCompleted::result)
        .required(USAGE, StrategyCompleted::usage)
        .optionalDouble(COST_USD, StrategyCompleted::costUsd)
        .make(in ->
            new StrategyCompleted(
                header(in), in.get(RESULT_TEXT), in.get(USAGE), in.findDouble(COST_USD)));
  }

  private static Shape<StrategyError> strategyError() {
    return event("strategy_error", StrategyError.class)
        .required(ERROR, StrategyError::error)
        .make(in -> new StrategyError(header(in), in.get(ERROR)));
  }

  private static Shape<AgentOutput> agentOutput() {
    return event("agent_output", AgentOutput.class)
        .required(AGENT_NAME, AgentOutput::agentName)
        .optional(MODEL, AgentOutput::model)
        .optionalLong(CONTEXT_WINDOW, AgentOutput::contextWindow)
        .required(TEXT, AgentOutput::text)
        .required(USAGE, AgentOutput::usage)
        .optional(CONTEXT_USAGE, AgentOutput::contextUsage)
        .make(in ->
            new AgentOutput(
                header(in),
                in.get(AGENT_NAME),
                in.find(MODEL),
                in.findLong(CONTEXT_WINDOW),
                in.get(TEXT),
                in.get(USAGE),
                in.find(CONTEXT_USAGE)));
  }

  private static Shape<AgentStreaming> agentStreaming() {
    return event("agent_streaming", AgentStreaming.class)
        .required(AGENT_NAME, AgentStreaming::agentName)
        .optional(MODEL, AgentStreaming::model)
        .optionalLong(CONTEXT_WINDOW, AgentStreaming::contextWindow)
        .required(EVENT, AgentStreaming::event)
        .optionalLong(FROM_SEQ, AgentStreaming::fromSeq)
        .make(in ->
            new AgentStreaming(
                header(in),
                in.get(AGENT_NAME),
                in.find(MODEL),
                in.findLong(CONTEXT_WINDOW),
                in.get(EVENT),
                in.findLong(FROM_SEQ)));
  }

  private static Shape<StepStarted> stepStarted() {
    return event("step_started", StepStarted.class)
        .required(STEP_NAME, StepStarted::stepName)
        .required(MESSAGE, StepStarted::message)
        .make(in -> new StepStarted(header(in), in.get(STEP_NAME), in.get(MESSAGE)));
  }

  private static Shape<StepCompleted> stepCompleted() {
    return event("step_completed", StepCompleted.class)
        .required(STEP_NAME, StepCompleted::stepName)
        .required(RESULT, StepCompleted::result)
        .make(in -> new StepCompleted(header(in), in.get(STEP_NAME), in.get(RESULT)));
  }

  private static Shape<SteerQueued> steerQueued() {
    return event("steer_queued", SteerQueued.class)
        .required(TEXT, SteerQueued::text)
        .make(in -> new SteerQueued(header(in), in.get(TEXT)));
  }

  private static Shape<RequestInput> requestInput() {
    return event("request_input", RequestInput.class)
        .required(AGENT_NAME, RequestInput::agentName)
        .optional(PROMPT, RequestInput::prompt)
        .make(in -> new RequestInput(header(in), in.get(AGENT_NAME), in.find(PROMPT)));
  }

  private static Shape<RequestPermission> requestPermission() {
    return prompt("request_permission", RequestPermission.class)
        .required(REQUEST_ID, RequestPermission::permissionRequestId)
        .required(AGENT_NAME, RequestPermission::agentName)
        .optional(TOOL_NAME, RequestPermission::toolName)
        .required(OPERATION, RequestPermission::operation)
        .required(RESOURCE, RequestPermission::resource)
        .required(REASON, RequestPermission::reason)
        .optional(DETAILS, RequestPermission::details)
        .make(in ->
            new RequestPermission(
                headerWithoutEcho(in),
                in.get(REQUEST_ID),
                in.get(AGENT_NAME),
                in.find(TOOL_NAME),
                in.get(OPERATION),
                in.get(RESOURCE),
                in.get(REASON),
                in.find(DETAILS)));
  }

  private static Shape<RequestQuestion> requestQuestion() {
    return prompt("request_question", RequestQuestion.class)
        .required(REQUEST_ID, RequestQuestion::questionRequestId)
        .required(AGENT_NAME, RequestQuestion::agentName)
        .required(TOOL_NAME, RequestQuestion::toolName)
        .required(QUESTION, RequestQuestion::question)
        .make(in ->
            new RequestQuestion(
                headerWithoutEcho(in),
                in.get(REQUEST_ID),
                in.get(AGENT_NAME),
                in.get(TOOL_NAME),
                in.get(QUESTION)));
  }

  private static Shape<PolicyUpdated> policyUpdated() {
    return event("policy_updated", PolicyUpdated.class)
        .required(TOOL, PolicyUpdated::tool)
        .required(POLICIES, PolicyUpdated::policies)
        .make(in -> new PolicyUpdated(header(in), in.get(TOOL), in.get(POLICIES)));
  }

  private static <M extends RunEvent> Shape.Builder<M> event(String type, Class<M> of) {
    return Shape.typed(
            type,
            of,
            fields -> numbered(fields).optional(REQUEST_ID, message -> message.requestId()))
        .required(RUN_ID, message -> message.header().runId());
  }

  /// An event whose `requestId` is its own id.
  private static <M extends RunEvent> Shape.Builder<M> prompt(String type, Class<M> of) {
    return Shape.typed(type, of, RunEvents::<M>numbered)
        .required(RUN_ID, message -> message.header().runId());
  }

  private static <M extends RunEvent> Shape.Builder<M> numbered(Shape.Builder<M> fields) {
    return fields
        .optional(PATH, message -> message.header().path())
        .optionalLong(SEQ, message -> message.header().seq())
        .required(TS, message -> message.header().ts());
  }

  private static EventHeader header(Given in) {
    return header(in, in.find(REQUEST_ID));
  }

  private static EventHeader headerWithoutEcho(Given in) {
    return header(in, Optional.empty());
  }

  private static EventHeader header(Given in, Optional<String> requestId) {
    return new EventHeader(in.get(RUN_ID), in.findLong(SEQ), in.find(PATH), in.get(TS), requestId);
  }
}
