package com.commaagents.protocol.codec;

import static com.commaagents.protocol.codec.DaemonFields.AGENT_NAME;
import static com.commaagents.protocol.codec.DaemonFields.RUN_ID;
import static com.commaagents.protocol.codec.Replies.header;
import static com.commaagents.protocol.codec.Replies.reply;

import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.DaemonMessage.ReplayGap;
import com.commaagents.protocol.message.DaemonMessage.RequestResolved;
import com.commaagents.protocol.message.DaemonMessage.ToolOutput;
import com.commaagents.protocol.message.OutputStreamName;
import com.commaagents.protocol.message.PromptKind;
import java.util.stream.Stream;

/// What clients that know our additions are told of a run, without a number: `ts` and the echo
/// stand last.
final class RunNotices {
  private static final Field<PromptKind> PROMPT_KIND =
      new Field<>("kind", Kinds.oneOf(PromptKind.values()));
  private static final Field<String> RESOLVED_REQUEST_ID =
      new Field<>("resolvedRequestId", Kinds.TEXT);
  private static final Field<String> BY = new Field<>("by", Kinds.TEXT);
  private static final Field<Long> FROM_SEQ = new Field<>("fromSeq", Kinds.WHOLE);
  private static final Field<Long> TO_SEQ = new Field<>("toSeq", Kinds.WHOLE);
  private static final Field<String> PATH = new Field<>("path", Kinds.TEXT);
  private static final Field<String> TOOL_CALL_ID = new Field<>("toolCallId", Kinds.TEXT);
  private static final Field<String> TOOL_NAME = new Field<>("toolName", Kinds.TEXT);
  private static final Field<OutputStreamName> STREAM =
      new Field<>("stream", Kinds.oneOf(OutputStreamName.values()));
  private static final Field<Long> INDEX = new Field<>("index", Kinds.COUNT);
  private static final Field<String> TEXT = new Field<>("text", Kinds.TEXT);

  private RunNotices() {}

  static Stream<Shape<? extends DaemonMessage>> all() {
    return Stream.of(requestResolved(), replayGap(), toolOutput());
  }

  private static Shape<RequestResolved> requestResolved() {
    return reply("request_resolved", RequestResolved.class)
        .required(RUN_ID, RequestResolved::runId)
        .required(PROMPT_KIND, RequestResolved::kind)
        .optional(AGENT_NAME, RequestResolved::agentName)
        .optional(RESOLVED_REQUEST_ID, RequestResolved::resolvedRequestId)
        .optional(BY, RequestResolved::by)
        .make(in ->
            new RequestResolved(
                header(in),
                in.get(RUN_ID),
                in.get(PROMPT_KIND),
                in.find(AGENT_NAME),
                in.find(RESOLVED_REQUEST_ID),
                in.find(BY)));
  }

  private static Shape<ReplayGap> replayGap() {
    return reply("replay_gap", ReplayGap.class)
        .required(RUN_ID, ReplayGap::runId)
        .required(FROM_SEQ, ReplayGap::fromSeq)
        .required(TO_SEQ, ReplayGap::toSeq)
        .make(in -> new ReplayGap(header(in), in.get(RUN_ID), in.get(FROM_SEQ), in.get(TO_SEQ)));
  }

  private static Shape<ToolOutput> toolOutput() {
    return reply("tool_output", ToolOutput.class)
        .required(RUN_ID, ToolOutput::runId)
        .required(AGENT_NAME, ToolOutput::agentName)
        .required(PATH, ToolOutput::path)
        .required(TOOL_CALL_ID, ToolOutput::toolCallId)
        .required(TOOL_NAME, ToolOutput::toolName)
        .required(STREAM, ToolOutput::stream)
        .required(INDEX, ToolOutput::index)
        .required(TEXT, ToolOutput::text)
        .make(in ->
            new ToolOutput(
                header(in),
                in.get(RUN_ID),
                in.get(AGENT_NAME),
                in.get(PATH),
                in.get(TOOL_CALL_ID),
                in.get(TOOL_NAME),
                in.get(STREAM),
                in.get(INDEX),
                in.get(TEXT)));
  }
}
