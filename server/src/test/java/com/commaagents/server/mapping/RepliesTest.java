package com.commaagents.server.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.limit.RunLimits;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.RetentionEvent;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.runs.PreparedRun;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.live.RunSummary;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.McpServerStatus;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import com.commaagents.server.fakes.FixedClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RepliesTest {
  private static final Instant NOW = FixedClock.NOW;
  private static final RunId RUN = new RunId("run-1");
  private static final ReplyHeader HEADER = new ReplyHeader(NOW, Optional.of("req-1"));

  @Test
  void preparesANewRunWithAnEmptyConversation() {
    PreparedRun prepared =
        new PreparedRun(
            RUN,
            "work",
            List.of("coder", "user"),
            Json.parse("{\"type\":\"sequential\",\"name\":\"main\",\"steps\":[]}").orElseThrow(),
            List.of(),
            History.NONE,
            0);
    assertThat(
            WireGolden.wire(Replies.runPrepared(new ReplyHeader(NOW, Optional.empty()), prepared)))
        .isEqualTo(WireGolden.file("run_prepared.new"));
  }

  @Test
  void saysHowAnMcpServerStands() {
    PreparedRun prepared =
        new PreparedRun(
            RUN,
            "work",
            List.of("coder"),
            Json.parse("{}").orElseThrow(),
            List.of(
                new McpServerStatus(
                    "echo",
                    "workspace",
                    "stdio",
                    true,
                    false,
                    Optional.of(false),
                    0,
                    List.of("coder"),
                    Optional.of("gone"))),
            History.NONE,
            0);
    assertThat(WireGolden.wire(Replies.runPrepared(HEADER, prepared)))
        .contains(
            "\"mcpServers\":[{\"id\":\"echo\",\"source\":\"workspace\",\"transport\":\"stdio\","
                + "\"enabled\":true,\"enabledByDefault\":false,\"connected\":false,\"toolCount\":0,"
                + "\"assignedAgents\":[\"coder\"],\"error\":\"gone\"}]");
  }

  @Test
  void preparesAContinuationWithItsWholeConversation() {
    PreparedRun prepared =
        new PreparedRun(
            RUN,
            "work",
            List.of("coder"),
            Json.parse("{\"type\":\"cycle\",\"name\":\"main\",\"steps\":[{\"agent\":\"coder\"}]}")
                .orElseThrow(),
            List.of(),
            History.of(timeline()),
            41);
    assertThat(WireGolden.wire(Replies.runPrepared(HEADER, prepared)))
        .isEqualTo(WireGolden.file("run_prepared.continuation"));
  }

  @Test
  void listsPersistedRuns() {
    RunStore store = new MemoryRunStore();
    append(store, "run-1", started("first"));
    append(
        store,
        "run-1",
        new TimelineEvent.RunCompleted(
            RunState.Finished.cancelled("stopped"), Optional.empty(), OptionalLong.empty()));
    append(store, "run-2", started("second"));
    List<com.commaagents.protocol.message.RunOverview> overviews =
        Stream.of("run-1", "run-2")
            .map(id -> Replies.overview(store.find(new RunId(id)).orElseThrow()))
            .toList();
    assertThat(WireGolden.wire(new DaemonMessage.RunList(HEADER, overviews)))
        .isEqualTo(WireGolden.file("run_list"));
  }

  @Test
  void listsRunsInMemoryWithEveryStatusThereCanBe() {
    List<com.commaagents.protocol.message.RunSummary> summaries =
        Stream.of(RunStatus.values())
            .map(status ->
                Replies.summary(
                    new RunSummary(
                        new RunId("run-" + status),
                        "work",
                        status,
                        NOW,
                        status == RunStatus.PENDING || status == RunStatus.RUNNING
                            ? Optional.empty()
                            : Optional.of(NOW.plusMillis(82)))))
            .toList();
    assertThat(WireGolden.wire(new DaemonMessage.StrategyList(HEADER, summaries)))
        .isEqualTo(WireGolden.file("strategy_list"));
  }

  /// Two segments: a compacted one, and one that was stopped before anybody had answered.
  private static List<TimelineEntry> timeline() {
    CallRecord summary = record("sum-1", Message.user("Summary so far"), List.of(), "");
    return Stream.of(
            started("first prompt"),
            new TimelineEvent.AgentCall(
                record("rec-1", Message.user("first prompt")), Optional.empty(), Optional.empty()),
            new TimelineEvent.AgentCall(
                record("rec-2", Message.user("hello")), Optional.empty(), Optional.empty()),
            new TimelineEvent.ConversationRetention(retention(summary)),
            new TimelineEvent.RunCompleted(
                RunState.Finished.completed(), Optional.empty(), OptionalLong.of(20)),
            started("second prompt"),
            new TimelineEvent.RunCompleted(
                RunState.Finished.cancelled("stopped"), Optional.empty(), OptionalLong.of(41)))
        .map(event -> new TimelineEntry(NOW, event))
        .toList();
  }

  private static RetentionEvent retention(CallRecord summary) {
    return new RetentionEvent(
        "ret-1",
        "coder",
        NOW,
        RetentionEvent.Reason.RECORD_COUNT,
        new RetentionEvent.Trigger(
            Optional.of("openai/gpt"),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.of(2),
            OptionalLong.of(1)),
        1,
        1,
        summary,
        List.of("rec-1"),
        Optional.of("rec-2"),
        Part.NO_EXTRA);
  }

  private static CallRecord record(String id, Message.User asked) {
    return record(
        id,
        asked,
        List.of(
            Message.assistant(
                List.of(
                    Part.reasoning("hm", Json.object().put("signature", "s")),
                    Part.toolCall("call-1", "read_file", Json.object().put("path", "a")))),
            Message.tool(
                List.of(
                    Part.toolResult(
                        "call-1", "read_file", Part.OutputKind.ERROR_TEXT, "no such file"))),
            Message.assistant(List.of(Part.text("done")))),
        "done");
  }

  private static CallRecord record(
      String id, Message.User asked, List<Message> answered, String text) {
    return new CallRecord(
        id,
        "coder",
        NOW,
        asked,
        answered,
        text,
        new Usage(110, 15),
        Optional.empty(),
        FinishReason.STOP,
        Optional.empty());
  }

  private static TimelineEvent started(String input) {
    return new TimelineEvent.RunStarted(
        "/work/s.yaml",
        "work",
        "/work",
        Optional.of(input),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        RunLimits.NONE,
        List.of(),
        OptionalLong.of(0));
  }

  private static void append(RunStore store, String runId, TimelineEvent event) {
    try (RunStore.TimelineLog log = store.log(new RunId(runId))) {
      log.append(List.of(new TimelineEntry(NOW, event)));
    }
  }
}
