package com.commaagents.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.cli.client.DaemonLink;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.config.Flags;
import com.commaagents.cli.config.Place;
import com.commaagents.cli.daemon.BackgroundProcess;
import com.commaagents.cli.daemon.DaemonControl;
import com.commaagents.cli.daemon.LockHolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The whole daemon as a process of its own: killed while a tool runs, started again, and the run
/// goes on where it stood.
class ResumeAfterKillTest {
  private static final Flags ANY_PORT = new Flags(OptionalInt.of(0), Optional.empty(), false);

  @TempDir Path home;

  private DaemonSettings settings;

  /// What one client hears.
  private record Ear(BlockingQueue<JsonNode> heard) implements DaemonLink.Listener {
    @Override
    public void said(JsonNode message) {
      heard.add(message);
    }

    @Override
    public void ended(String reason) {}

    JsonNode await(String type) throws InterruptedException {
      while (true) {
        JsonNode next = heard.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("waiting for %s", type).isNotNull();
        if (Json.text(next, "type").equals(Optional.of(type))) {
          return next;
        }
        assertThat(Json.text(next, "type")).as("%s", next).isNotEqualTo(Optional.of("error"));
      }
    }
  }

  @BeforeEach
  void settle() throws IOException {
    settings = DaemonSettings.load(place(), ANY_PORT);
    Files.writeString(
        home.resolve("slow.yaml"),
        """
        name: slow
        version: "1"
        agents:
          first: { model: scripted/default }
          worker: { model: scripted/default, tools: [run_command] }
        flow: { name: main, type: sequential, steps: [{ agent: first }, { agent: worker }] }
        """);
    Files.writeString(
        home.resolve("slow.script.yaml"),
        """
        first: "one"
        worker:
          - tools: { run_command: { command: "echo begun > begun; exec sleep 600" } }
          - "heard {{tool}}"
        """);
  }

  @AfterEach
  void stopTheDaemon() throws InterruptedException {
    control().stop();
  }

  @Test
  void goesOnWithARunWhoseDaemonWasKilled() throws Exception {
    LockHolder daemon = control().ensureRunning();
    Ear before = new Ear(new LinkedBlockingQueue<>());
    try (DaemonLink link = link(daemon, before)) {
      link.send(
          request("prepare_run")
              .put("strategyPath", home.resolve("slow.yaml").toString())
              .put("cwd", home.toString()));
      before.await("run_prepared");
      link.send(request("start_run").put("input", "go"));
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(home.resolve("begun")));
      killAndAwaitTheEndOfItsCommand(daemon);
    }

    Ear after = new Ear(new LinkedBlockingQueue<>());
    try (DaemonLink link = link(control().ensureRunning(), after)) {
      link.send(request("resume_run"));
      JsonNode step = after.await("step_started");
      JsonNode end = after.await("strategy_completed");
      // The first agent is not asked again, and the command is not run again.
      assertThat(step.path("stepName").asString()).isEqualTo("worker");
      assertThat(end.path("result").asString()).startsWith("heard interrupted: outcome unknown");
    }
  }

  // No command outlives its daemon, whatever ended that.
  private static void killAndAwaitTheEndOfItsCommand(LockHolder daemon) {
    ProcessHandle process = ProcessHandle.of(daemon.pid()).orElseThrow();
    List<ProcessHandle> descendants = process.descendants().toList();
    assertThat(descendants)
        .as("the command, who watches over it, and the watchdog")
        .hasSizeGreaterThanOrEqualTo(3);
    process.destroyForcibly();
    process.onExit().join();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> descendants.stream().noneMatch(ProcessHandle::isAlive));
  }

  private static ObjectNode request(String type) {
    return Json.object().put("type", type).put("runId", "r1");
  }

  private static DaemonLink link(LockHolder daemon, DaemonLink.Listener listener)
      throws InterruptedException {
    return DaemonLink.connect(
        DaemonSettings.localAddress("ws", daemon.host(), daemon.port().orElseThrow(), "/ws"),
        Optional.empty(),
        listener);
  }

  private DaemonControl control() {
    List<String> command =
        List.of(
            "env",
            "COMMA_HOME=" + home.resolve("data"),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    return new DaemonControl(
        settings,
        ANY_PORT,
        new BackgroundProcess.Program(command, Optional.empty()),
        Clock.system());
  }

  private Place place() {
    return new Place(Map.of("COMMA_HOME", home.resolve("data").toString()), home, home);
  }
}
