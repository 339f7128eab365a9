package com.commaagents.runs.resume;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.Extensions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.TimelineEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One life of a process that has a run with all that can be interrupted: agents in sequence, a
/// person, a cycle with an observer, tools, a launched strategy, a summary, a broadcast.
final class Team implements EventSink, AutoCloseable {
  static final ClientId ME = new ClientId("me");
  static final RunId RUN = new RunId("run-1");

  final TeamModels models = new TeamModels();
  final TeamTools tools;
  final RunStore store = new MemoryRunStore();
  final RunSystem runs;

  /// Of the tools, as `path: text`.
  final List<String> overheard = new CopyOnWriteArrayList<>();

  private final BlockingQueue<PublishedMessage> told = new LinkedBlockingQueue<>();

  /// @param past what the run's timeline holds already
  Team(Path folder, List<TimelineEntry> past) {
    this(folder, past, TeamTools.of("safe", "unsafe"), Extensions.NONE);
  }

  /// With tools and types of plug-ins.
  Team(Path folder, List<TimelineEntry> past, TeamTools tools, Extensions added) {
    this.tools = tools;
    if (!past.isEmpty()) {
      try (RunStore.TimelineLog log = store.log(RUN)) {
        log.append(past);
      }
    }
    runs =
        RunSystem.open(
            RunSystemOptions.of(store, models, tools)
                .withSink(this)
                .withDataFolder(folder)
                .withExtensions(added));
  }

  static Path writeStrategies(Path folder) throws IOException {
    Path launched = Files.createDirectories(folder.resolve("strategies"));
    Files.writeString(
        launched.resolve("inner.yaml"),
        """
        name: inner
        version: "1"
        agents:
          digger: { model: team/tool, tools: [safe] }
          polisher: { model: team/say }
        flow: { name: main, type: sequential, steps: [{ agent: digger }, { agent: polisher }] }
        """);
    return Files.writeString(
        folder.resolve("team.yaml"),
        """
        name: team
        version: "1"
        agents:
          planner: { model: team/say, context: { compaction: { keepRecent: 0, threshold: 1 } } }
          person: { type: user, config: { presetMessage: "Go on?" } }
          worker: { model: team/work, tools: [safe, unsafe, launch_strategy] }
          critic: { model: team/say }
          left: { model: team/tool, tools: [safe] }
          right: { model: team/say }
        flow:
          name: main
          type: sequential
          steps:
            - agent: planner
            - agent: person
            - name: rounds
              type: cycle
              cycles: 2
              steps: [{ agent: worker }, { agent: planner }]
              observer: critic
              breakCycleSignals: [never said]
            - name: both
              type: broadcast
              steps: [{ agent: left }, { agent: right }]
        """);
  }

  /// What is told until the segment ends; the person answers.
  List<RunMessage> playToTheEnd() throws InterruptedException {
    List<RunMessage> messages = new ArrayList<>();
    while (true) {
      PublishedMessage next = told.poll(60, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("the segment does not end; so far: " + messages);
      }
      messages.add(next.message());
      switch (next.message()) {
        case RunMessage.InputRequested(var agent, var _, var _) -> {
          runs.actions().resolveInput(ME, RUN.value(), agent, "go on");
        }
        case RunMessage.StrategyCompleted _, RunMessage.StrategyFailed _ -> {
          return messages;
        }
        default -> {}
      }
    }
  }

  List<TimelineEntry> timeline() {
    return store.read(RUN).entries();
  }

  @Override
  public void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
    told.add(message);
  }

  @Override
  public void send(ClientId client, PublishedMessage message) {}

  @Override
  public void send(ClientId client, RunNotice notice) {
    if (notice instanceof RunNotice.ToolOutputShown(var _, var _, var output)) {
      overheard.add(output.path() + ": " + output.text());
    }
  }

  @Override
  public void close() {
    runs.close();
  }
}
