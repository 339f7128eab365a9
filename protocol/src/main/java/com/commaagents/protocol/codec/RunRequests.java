package com.commaagents.protocol.codec;

import static com.commaagents.protocol.codec.RequestFields.CWD;
import static com.commaagents.protocol.codec.RequestFields.REQUEST_ID;
import static com.commaagents.protocol.codec.RequestFields.RUN_ID;
import static com.commaagents.protocol.codec.RequestFields.STRATEGY_PATH;
import static com.commaagents.protocol.codec.RequestFields.request;

import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.ClientMessage.AttachRun;
import com.commaagents.protocol.message.ClientMessage.ContinueRun;
import com.commaagents.protocol.message.ClientMessage.DeleteRun;
import com.commaagents.protocol.message.ClientMessage.PermissionDecision;
import com.commaagents.protocol.message.ClientMessage.PrepareRun;
import com.commaagents.protocol.message.ClientMessage.QuestionResponse;
import com.commaagents.protocol.message.ClientMessage.ResumeRun;
import com.commaagents.protocol.message.ClientMessage.StartRun;
import com.commaagents.protocol.message.ClientMessage.SteerRun;
import com.commaagents.protocol.message.ClientMessage.StopRun;
import com.commaagents.protocol.message.ClientMessage.Subscribe;
import com.commaagents.protocol.message.ClientMessage.Unsubscribe;
import com.commaagents.protocol.message.ClientMessage.UpdatePolicy;
import com.commaagents.protocol.message.ClientMessage.UserInput;
import com.commaagents.protocol.message.PermissionChoice;
import com.commaagents.protocol.message.PolicyDefault;
import com.commaagents.protocol.message.PolicyMode;
import com.commaagents.protocol.message.RunLimits;
import java.util.List;
import java.util.stream.Stream;

/// Requests about one run.
final class RunRequests {
  private static final Field<String> MODEL_OVERRIDE = new Field<>("modelOverride", Kinds.NAME);
  private static final Field<String> MANIFEST_PATH = new Field<>("manifestPath", Kinds.NAME);
  private static final Field<RunLimits> LIMITS = new Field<>("limits", LimitsShape.SHAPE);
  private static final Field<String> INPUT = new Field<>("input", Kinds.TEXT);
  private static final Field<Long> AFTER_SEQ = new Field<>("afterSeq", Kinds.COUNT);
  private static final Field<String> AGENT_NAME = new Field<>("agentName", Kinds.NAME);
  private static final Field<String> TEXT = new Field<>("text", Kinds.TEXT);
  private static final Field<String> STEERING = new Field<>("text", Kinds.NAME);
  private static final Field<String> PERMISSION_ID = new Field<>("permissionRequestId", Kinds.NAME);
  private static final Field<PermissionChoice> DECISION =
      new Field<>("decision", Kinds.oneOf(PermissionChoice.values()));
  private static final Field<String> QUESTION_ID = new Field<>("questionRequestId", Kinds.NAME);
  private static final Field<String> RESPONSE = new Field<>("response", Kinds.TEXT);
  private static final Field<PolicyMode> MODE =
      new Field<>("mode", Kinds.oneOf(PolicyMode.values()));
  private static final Field<String> TOOL = new Field<>("tool", Kinds.TEXT);
  private static final Field<List<String>> ALLOW = new Field<>("allow", Kinds.listOf(Kinds.TEXT));
  private static final Field<List<String>> DENY = new Field<>("deny", Kinds.listOf(Kinds.TEXT));
  private static final Field<PolicyDefault> DEFAULT =
      new Field<>("default", Kinds.oneOf(PolicyDefault.values()));

  private RunRequests() {}

  static Stream<Shape<? extends ClientMessage>> all() {
    return Stream.of(lifecycle(), following(), people()).flatMap(List::stream);
  }

  private static List<Shape<? extends ClientMessage>> lifecycle() {
    return List.of(
        request("prepare_run", PrepareRun.class)
            .optional(RUN_ID, PrepareRun::runId)
            .optional(STRATEGY_PATH, PrepareRun::strategyPath)
            .optional(MODEL_OVERRIDE, PrepareRun::modelOverride)
            .optional(CWD, PrepareRun::cwd)
            .optional(MANIFEST_PATH, PrepareRun::manifestPath)
            .optional(LIMITS, PrepareRun::limits)
            .rule(RunRequests::needsRunOrStrategy)
            .make(in ->
                new PrepareRun(
                    in.find(RUN_ID),
                    in.find(STRATEGY_PATH),
                    in.find(MODEL_OVERRIDE),
                    in.find(CWD),
                    in.find(MANIFEST_PATH),
                    in.find(LIMITS),
                    in.find(REQUEST_ID))),
        request("start_run", StartRun.class)
            .required(RUN_ID, StartRun::runId)
            .optional(INPUT, StartRun::input)
            .make(in -> new StartRun(in.get(RUN_ID), in.find(INPUT), in.find(REQUEST_ID))),
        request("continue_run", ContinueRun.class)
            .required(RUN_ID, ContinueRun::runId)
            .required(INPUT, ContinueRun::input)
            .make(in -> new ContinueRun(in.get(RUN_ID), in.get(INPUT), in.find(REQUEST_ID))),
        request("resume_run", ResumeRun.class)
            .required(RUN_ID, ResumeRun::runId)
            .make(in -> new ResumeRun(in.get(RUN_ID), in.find(REQUEST_ID))),
        request("stop_run", StopRun.class)
            .required(RUN_ID, StopRun::runId)
            .make(in -> new StopRun(in.get(RUN_ID), in.find(REQUEST_ID))),
        request("delete_run", DeleteRun.class)
            .required(RUN_ID, DeleteRun::runId)
            .make(in -> new DeleteRun(in.get(RUN_ID), in.find(REQUEST_ID))),
        request("steer_run", SteerRun.class)
            .required(RUN_ID, SteerRun::runId)
            .required(STEERING, SteerRun::text)
            .make(in -> new SteerRun(in.get(RUN_ID), in.get(STEERING), in.find(REQUEST_ID))));
  }

  private static List<Shape<? extends ClientMessage>> following() {
    return List.of(
        request("subscribe", Subscribe.class)
            .required(RUN_ID, Subscribe::runId)
            .optionalLong(AFTER_SEQ, Subscribe::afterSeq)
            .make(in -> new Subscribe(in.get(RUN_ID), in.findLong(AFTER_SEQ), in.find(REQUEST_ID))),
        request("unsubscribe", Unsubscribe.class)
            .required(RUN_ID, Unsubscribe::runId)
            .make(in -> new Unsubscribe(in.get(RUN_ID), in.find(REQUEST_ID))),
        request("attach_run", AttachRun.class)
            .required(RUN_ID, AttachRun::runId)
            .optionalLong(AFTER_SEQ, AttachRun::afterSeq)
            .make(
                in -> new AttachRun(in.get(RUN_ID), in.findLong(AFTER_SEQ), in.find(REQUEST_ID))));
  }

  private static List<Shape<? extends ClientMessage>> people() {
    return List.of(
        request("user_input", UserInput.class)
            .required(RUN_ID, UserInput::runId)
            .required(AGENT_NAME, UserInput::agentName)
            .required(TEXT, UserInput::text)
            .make(in ->
                new UserInput(
                    in.get(RUN_ID), in.get(AGENT_NAME), in.get(TEXT), in.find(REQUEST_ID))),
        request("permission_decision", PermissionDecision.class)
            .required(RUN_ID, PermissionDecision::runId)
            .required(PERMISSION_ID, PermissionDecision::permissionRequestId)
            .required(DECISION, PermissionDecision::decision)
            .make(in ->
                new PermissionDecision(
                    in.get(RUN_ID), in.get(PERMISSION_ID), in.get(DECISION), in.find(REQUEST_ID))),
        request("question_response", QuestionResponse.class)
            .required(RUN_ID, QuestionResponse::runId)
            .required(QUESTION_ID, QuestionResponse::questionRequestId)
            .required(RESPONSE, QuestionResponse::response)
            .make(in ->
                new QuestionResponse(
                    in.get(RUN_ID), in.get(QUESTION_ID), in.get(RESPONSE), in.find(REQUEST_ID))),
        request("update_policy", UpdatePolicy.class)
            .required(RUN_ID, UpdatePolicy::runId)
            .required(MODE, UpdatePolicy::mode)
            .optional(TOOL, UpdatePolicy::tool)
            .optional(ALLOW, UpdatePolicy::allow)
            .optional(DENY, UpdatePolicy::deny)
            .optional(DEFAULT, UpdatePolicy::defaultDecision)
            .make(in ->
                new UpdatePolicy(
                    in.get(RUN_ID),
                    in.get(MODE),
                    in.find(TOOL),
                    in.find(ALLOW),
                    in.find(DENY),
                    in.find(DEFAULT),
                    in.find(REQUEST_ID))));
  }

  private static void needsRunOrStrategy(Given given, Problems problems) {
    if (given.find(RUN_ID).isEmpty() && given.find(STRATEGY_PATH).isEmpty()) {
      problems.add(STRATEGY_PATH.name(), "prepare_run requires runId or strategyPath");
    }
  }
}
