package com.commaagents.runs.crash;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunMessage;
import com.commaagents.runs.message.RunNotice;
import com.commaagents.runs.store.FileRunStore;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// A program with a run system in it that prints what its clients are told, and works until it is
/// killed. Arguments: the folder of the runs, the folder of the strategies, a seed.
///
/// It prints one line per message: its kind, the run, its number, what a client could rely on, and
/// a dot, without which the line is torn.
final class CrashingProcess {
  private static final int WORKERS = 6;
  private static final ClientId CLIENT = new ClientId("client");
  private static final List<String> STRATEGIES = List.of("echo", "chatter", "fail", "forever");

  private final RunSystem runs;
  private final Path strategies;

  private CrashingProcess(RunSystem runs, Path strategies) {
    this.runs = runs;
    this.strategies = strategies;
  }

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    RunSystem runs =
        RunSystem.open(
            RunSystemOptions.of(
                    FileRunStore.open(Path.of(arguments[0]), "the crashing process"),
                    new FakeModels(),
                    new FakeTools())
                .withSink(new Printer(out)));
    CrashingProcess process = new CrashingProcess(runs, Path.of(arguments[1]));
    SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[2]));
    for (int i = 0; i < WORKERS; i++) {
      RandomGenerator own = random.split();
      Thread.ofPlatform().start(() -> process.work(own));
    }
    Thread.currentThread().join();
  }

  private record Printer(PrintStream out) implements EventSink {
    @Override
    public void broadcast(PublishedMessage message, Collection<ClientId> subscribers) {
      out.println(line(message));
    }

    @Override
    public void send(ClientId client, PublishedMessage message) {
      throw new IllegalStateException("nobody asks for a replay");
    }

    @Override
    public void send(ClientId client, RunNotice notice) {
      throw new IllegalStateException("nobody asks for notices");
    }
  }

  private static String line(PublishedMessage message) {
    return String.join(
        "\t",
        message.message().getClass().getSimpleName(),
        message.runId().value(),
        Long.toString(message.seq()),
        relied(message.message()),
        ".");
  }

  private static String relied(RunMessage message) {
    return switch (message) {
      case RunMessage.StepCompleted(var step, var result) -> step.path() + " " + result.text();
      case RunMessage.StrategyCompleted(var result, var _, var _, var _) -> "completed " + result;
      case RunMessage.StrategyFailed(var error, var _) -> error.code();
      case RunMessage.StrategyStarted _,
          RunMessage.StepStarted _,
          RunMessage.AgentStreaming _,
          RunMessage.AgentOutput _,
          RunMessage.InputRequested _,
          RunMessage.PermissionRequested _,
          RunMessage.QuestionRequested _,
          RunMessage.SteerQueued _,
          RunMessage.PolicyUpdated _ ->
          "";
    };
  }

  private void work(RandomGenerator random) {
    try {
      while (true) {
        oneRun(random);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// A new run, or one that another process has left; stopped at some moment, or let to its end.
  private void oneRun(RandomGenerator random) throws InterruptedException {
    String strategy = STRATEGIES.get(random.nextInt(STRATEGIES.size()));
    Path file = strategies.resolve(strategy + ".yaml");
    try {
      RunId run = begin(file, random);
      if (strategy.equals("forever")) {
        // Never opened: the run is stopped at some moment.
        new CountDownLatch(1).await(random.nextInt(30), TimeUnit.MILLISECONDS);
        runs.stopRun(run.value());
      }
      runs.await(run.value());
    } catch (Fault taken) {
      // Another worker continues the same run.
    }
  }

  private RunId begin(Path file, RandomGenerator random) throws InterruptedException {
    List<RunId> known = runs.runStore().list().stream().map(run -> run.runId()).toList();
    String text = "t" + random.nextInt(1_000_000);
    if (known.isEmpty() || random.nextInt(3) > 0) {
      RunId run = runs.prepareRun(CLIENT, PrepareRunOptions.of(file)).runId();
      runs.startRun(CLIENT, run.value(), Optional.of(text), Optional.empty());
      return run;
    }
    RunId run = known.get(random.nextInt(known.size()));
    runs.prepareRun(CLIENT, continuing(run, file));
    runs.continueRun(CLIENT, run.value(), text, Optional.empty());
    return run;
  }

  static PrepareRunOptions continuing(RunId run, Path file) {
    return new PrepareRunOptions(
        Optional.of(run.value()),
        Optional.of(file.toString()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
