package com.commaagents.server.mapping;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.CallResult;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.protocol.codec.DaemonMessageEncoder;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.ErrorDetail;
import com.commaagents.protocol.message.OutputStreamName;
import com.commaagents.protocol.message.PromptKind;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.message.RunSnapshot;
import com.commaagents.runs.timeline.TimelineEvent.Partial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What single clients are told of a run, as wire messages.
public final class Notices {
  private Notices() {}

  /// @param receiver who gets it
  public static DaemonMessage of(ClientId receiver, RunNotice notice) {
    return switch (notice) {
      case RunNotice.ReplayGap(var runId, var at, var fromSeq, var toSeq) ->
          new DaemonMessage.ReplayGap(header(at), runId.value(), fromSeq, toSeq);
      case RunNotice.RequestResolved resolved ->
          new DaemonMessage.RequestResolved(
              header(resolved.at()),
              resolved.runId().value(),
              switch (resolved.kind()) {
                case INPUT -> PromptKind.INPUT;
                case PERMISSION -> PromptKind.PERMISSION;
                case QUESTION -> PromptKind.QUESTION;
              },
              resolved.agentName(),
              resolved.requestId(),
              Optional.of(resolved.by().value()));
      case RunNotice.ToolOutputShown shown -> toolOutput(shown);
      case RunNotice.Snapshot(var snapshot, var attachId) ->
          snapshot(receiver, snapshot, new ReplyHeader(snapshot.at(), attachId));
    };
  }

  /// The same for every receiver.
  public static DaemonMessage toolOutput(RunNotice.ToolOutputShown shown) {
    ToolOutput output = shown.output();
    return new DaemonMessage.ToolOutput(
        header(shown.at()),
        shown.runId().value(),
        output.agentName(),
        output.path(),
        output.toolCallId(),
        output.toolName(),
        switch (output.stream()) {
          case STDOUT -> OutputStreamName.STDOUT;
          case STDERR -> OutputStreamName.STDERR;
        },
        output.index(),
        output.text());
  }

  private static DaemonMessage snapshot(
      ClientId receiver, RunSnapshot snapshot, ReplyHeader header) {
    // How a segment ended is told of a finished run, not of one that is prepared to go on.
    Optional<RunState.Finished> end =
        snapshot.history().state() instanceof RunState.Finished finished
                && finished.status() == snapshot.status()
            ? Optional.of(finished)
            : Optional.empty();
    Optional<CallResult> result = end.flatMap(_ -> snapshot.history().result());
    return new DaemonMessage.RunSnapshot(
        header,
        snapshot.runId().value(),
        Replies.status(snapshot.status()),
        snapshot.strategyName(),
        snapshot.agents(),
        snapshot.flowTree(),
        snapshot.history().transcript().json(),
        snapshot.mcpServers().stream().map(McpReplies::server).toList(),
        partials(snapshot.inFlight()),
        snapshot.pending().stream().map(Notices::request).toList(),
        snapshot.lastSeq(),
        Optional.of(receiver.value()),
        result.map(CallResult::text),
        result.map(value -> Results.usage(value.usage())),
        end.flatMap(RunState.Finished::error)
            .map(why -> new ErrorDetail(why.code(), why.message())),
        snapshot.partials().isEmpty()
            ? Optional.empty()
            : Optional.of(partials(snapshot.partials())));
  }

  private static List<JsonNode> partials(List<Partial> partials) {
    return partials.stream().map(Partial::toJson).toList();
  }

  // An open request stands in a snapshot exactly as it was sent.
  private static JsonNode request(PublishedMessage request) {
    return Json.parse(DaemonMessageEncoder.encode(RunEvents.of(request))).orElseThrow();
  }

  private static ReplyHeader header(Instant at) {
    return new ReplyHeader(at, Optional.empty());
  }
}
