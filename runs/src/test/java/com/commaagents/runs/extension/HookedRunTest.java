package com.commaagents.runs.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.engine.hook.Hooks;
import com.commaagents.engine.plugin.CommaPlugin;
import com.commaagents.runs.Extensions;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.lifecycle.RunError;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.live.RunOutcome;
import com.commaagents.runs.store.MemoryRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hooks of plug-ins in whole runs.
final class HookedRunTest {
  private static final ClientId ME = new ClientId("me");

  @TempDir Path folder;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private Optional<RunSystem> runs = Optional.empty();

  private record Plugin(String name, List<Hooks> hooks) implements CommaPlugin {}

  @AfterEach
  void close() {
    runs.ifPresent(RunSystem::close);
  }

  @Test
  void areCalledPlugInByPlugIn() throws Exception {
    String run =
        start(
            new Plugin("b", List.of(noting("b1"), noting("b2"))),
            new Plugin("a", List.of(noting("a1"))));

    assertThat(end(run).end()).isEqualTo(RunState.Finished.completed());
    assertThat(heard).containsExactly("b1 x", "b2 x", "a1 x", "b1 y", "b2 y", "a1 y");
  }

  @Test
  void failTheRunByThrowing() throws Exception {
    Hooks throwing =
        new Hooks() {
          @Override
          public void beforeFirstCall(AgentPlace at, String message) {
            throw new IllegalStateException("no");
          }
        };
    String run = start(new Plugin("p", List.of(noting("n"), throwing)));

    RunError error = end(run).end().error().orElseThrow();
    assertThat(error.code()).isEqualTo(RunError.EXECUTION_ERROR);
    assertThat(error.message())
        .isEqualTo(
            "Step \"x\" failed: the hook "
                + throwing.getClass().getName()
                + " threw: java.lang.IllegalStateException: no");
    assertThat(heard).containsExactly("n x");
  }

  @Test
  void areStoppedWithTheRun() throws Exception {
    String run = start(new Plugin("p", List.of(noting("n"), hanging(true))));
    hanging.await();

    runs.orElseThrow().stopRun(run);

    assertThat(end(run).end().error().orElseThrow().code()).isEqualTo("CANCELLED");
    assertThat(heard).containsExactly("n x", "interrupted");
  }

  @Test
  void cannotKeepAStoppedRunGoing() throws Exception {
    String run = start(new Plugin("p", List.of(noting("n"), hanging(false))));
    hanging.await();

    runs.orElseThrow().stopRun(run);

    assertThat(end(run).end().error().orElseThrow().code()).isEqualTo("CANCELLED");
    assertThat(heard).as("nobody is called after x").containsExactly("n x", "interrupted");
  }

  private Hooks noting(String name) {
    return new Hooks() {
      @Override
      public void beforeFirstCall(AgentPlace at, String message) {
        heard.add(name + " " + at.agentName());
      }
    };
  }

  private Hooks hanging(boolean passesItOn) {
    return new Hooks() {
      @Override
      public void beforeFirstCall(AgentPlace at, String message) throws InterruptedException {
        hanging.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
          heard.add("interrupted");
          if (passesItOn) {
            throw stopped;
          }
        }
      }
    };
  }

  private String start(CommaPlugin... plugins) throws IOException, InterruptedException {
    Path strategy =
        Files.writeString(
            folder.resolve("s.yaml"),
            """
            name: s
            version: "1"
            agents: { x: { model: fake/echo }, y: { model: fake/echo } }
            flow: { name: main, type: sequential, steps: [{ agent: x }, { agent: y }] }
            """);
    RunSystem opened =
        RunSystem.open(
            RunSystemOptions.of(new MemoryRunStore(), new FakeModels(), new FakeTools())
                .withExtensions(Extensions.of(Arrays.asList(plugins))));
    runs = Optional.of(opened);
    opened.prepareRun(ME, PrepareRunOptions.of(strategy));
    String run = opened.runsInMemory().getFirst().runId().value();
    opened.startRun(ME, run, Optional.of("go"), Optional.empty());
    return run;
  }

  private RunOutcome end(String run) throws InterruptedException {
    return runs.orElseThrow().await(run).orElseThrow();
  }
}
