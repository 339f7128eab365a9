package com.commaagents.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.runs.fakes.CountingStore;
import com.commaagents.runs.fakes.FakeModels;
import com.commaagents.runs.fakes.FakeTools;
import com.commaagents.runs.fakes.Seeds;
import com.commaagents.runs.fakes.Strategies;
import com.commaagents.runs.fakes.VirtualThreads;
import com.commaagents.runs.fakes.Wire;
import com.commaagents.runs.store.FileRunStore;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.store.RunStore;
import com.commaagents.runs.timeline.TimelineEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several clients do whatever they like with a few runs, at once; whatever comes of it must hold
/// together. A failure names its seed; `-Druns.interleaving.seed=SEED -Druns.interleaving.rounds=1`
/// draws the same actions again, though the threads may meet differently.
class InterleavingTest {
  private static final int ROUNDS = 300;
  private static final Duration BUDGET = Duration.ofSeconds(12);
  private static final int CLIENTS = 4;
  private static final int ACTIONS = 25;
  private static final int FILE_STORE_EVERY = 10;
  private static final Duration FOLLOWER_PAUSE = Duration.ofNanos(100_000);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final List<String> STRATEGIES =
      List.of("echo", "fail", "hang", "forever", "chatter", "chat", "both");
  private static final ToolSession.PolicyPatch DENY_ALL =
      new ToolSession.PolicyPatch(
          ToolSession.Mode.WRITE, List.of(), List.of("*"), Optional.empty());
  private static final List<RunId> RUNS =
      List.of(new RunId("r0"), new RunId("r1"), new RunId("r2"));

  @TempDir Path folder;

  // How often what stood on the timelines of all rounds.
  private final Map<String, Integer> happened = new TreeMap<>();

  @BeforeEach
  void writeStrategies() throws IOException {
    Strategies.write(folder);
  }

  @Test
  void holdsTogetherWhateverClientsDoAtOnce() throws IOException, InterruptedException {
    long firstSeed = Seeds.of("runs.interleaving.seed", 1);
    int rounds = Seeds.rounds("runs.interleaving.rounds", ROUNDS);
    long end = System.nanoTime() + BUDGET.toNanos();
    for (int i = 0; i < rounds && (i == 0 || System.nanoTime() < end); i++) {
      long seed = firstSeed + i;
      try {
        round(seed);
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
      }
    }
    // A game in which nothing happens would prove nothing.
    assertThat(happened)
        .containsKeys("completed", "error", "cancelled", "AgentPartial", "UserInput", "Steering");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> VirtualThreads.named(folder.resolve("threads"), "run-", "execute-").isEmpty());
  }

  private void round(long seed) throws InterruptedException {
    FakeTools tools = new FakeTools();
    Wire wire = new Wire();
    CountingStore store = new CountingStore(store(seed));
    RunSystemOptions options = RunSystemOptions.of(store, new FakeModels(), tools).withSink(wire);
    try (RunSystem runs = RunSystem.open(options)) {
      ConcurrentLinkedQueue<Throwable> defects = new ConcurrentLinkedQueue<>();
      List<Thread> threads = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < CLIENTS; i++) {
        RandomGenerator own = random.split();
        ClientId client = new ClientId("client-" + i);
        threads.add(
            Thread.ofPlatform()
                .uncaughtExceptionHandler((_, defect) -> defects.add(defect))
                .start(() -> act(runs, client, own)));
      }
      AtomicBoolean over = new AtomicBoolean();
      List<Thread> followers = new ArrayList<>();
      for (RunId run : RUNS) {
        followers.add(
            Thread.ofPlatform()
                .uncaughtExceptionHandler((_, defect) -> defects.add(defect))
                .start(() -> comeAndGo(runs, wire, run, over)));
      }
      awaitAll(threads);
      for (RunId run : RUNS) {
        followFromTheBeginning(runs, run);
      }
      runs.shutdown();
      over.set(true);
      awaitAll(followers);

      assertThat(defects).isEmpty();
      assertThat(runs.activeRuns()).isZero();
      assertThat(tools.open).hasValue(0);
      assertThat(store.openLogs()).isZero();
      for (RunId run : wire.runs()) {
        Agreement.check(run, wire.of(run), store, runs).forEach(this::note);
        assertThat(wire.of(follower(run), run)).isEqualTo(wire.of(run));
      }
    }
  }

  private static void awaitAll(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      assertThat(thread.join(PATIENCE)).as("%s waits for ever", thread.getName()).isTrue();
    }
  }

  /// Follows a run for a while, goes, and takes it up again where it was, until all is over.
  private static void comeAndGo(RunSystem runs, Wire wire, RunId run, AtomicBoolean over) {
    ClientId follower = follower(run);
    boolean last;
    do {
      last = over.get();
      try {
        long seen = wire.of(follower, run).size();
        runs.subscribe(follower, run.value(), OptionalLong.of(seen));
      } catch (Fault notYetThere) {
        assertThat(notYetThere).hasMessage("Run not found: " + run);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
      LockSupport.parkNanos(FOLLOWER_PAUSE.toNanos());
      runs.unsubscribe(follower, run.value());
    } while (!last);
  }

  private static ClientId follower(RunId run) {
    return new ClientId("follower of " + run);
  }

  private static void followFromTheBeginning(RunSystem runs, RunId run)
      throws InterruptedException {
    try {
      runs.subscribe(Wire.WITNESS, run.value(), OptionalLong.of(0));
    } catch (Fault neverPrepared) {
      assertThat(neverPrepared).hasMessage("Run not found: " + run);
    }
  }

  private void note(TimelineEvent event) {
    happened.merge(
        event instanceof TimelineEvent.RunCompleted(var outcome, var _, var _)
            ? outcome.status().label()
            : event.getClass().getSimpleName(),
        1,
        Integer::sum);
  }

  private RunStore store(long seed) {
    return seed % FILE_STORE_EVERY == 0
        ? FileRunStore.open(folder.resolve("runs-" + seed), "the test")
        : new MemoryRunStore();
  }

  private void act(RunSystem runs, ClientId client, RandomGenerator random) {
    try {
      for (int i = 0; i < ACTIONS; i++) {
        act(runs, client, client + "-" + i, random);
      }
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /// One action; that it may be refused is part of the game.
  ///
  /// @param text like no other
  private void act(RunSystem runs, ClientId client, String text, RandomGenerator random)
      throws InterruptedException {
    RunId run = RUNS.get(random.nextInt(RUNS.size()));
    try {
      switch (random.nextInt(14)) {
        case 0, 1 -> runs.prepareRun(client, request(run, random));
        case 2 -> runs.prepareRun(client, PrepareRunOptions.continuing(run.value()));
        case 3, 4 ->
            runs.startRun(client, run.value(), Optional.of(text), Optional.of("start-" + text));
        case 5, 6 -> runs.continueRun(client, run.value(), text, Optional.empty());
        case 7 -> runs.stopRun(run.value());
        case 8 -> runs.actions().resolveInput(client, run.value(), "user", text);
        case 9 -> runs.actions().steer(run.value(), text);
        case 10 -> runs.subscribe(client, run.value(), after(random));
        case 11 -> runs.attach(client, run.value(), after(random), Optional.of(text));
        case 12 -> runs.actions().updatePolicy(run.value(), DENY_ALL, Optional.empty());
        default -> {
          runs.unsubscribe(client, run.value());
          if (random.nextInt(4) == 0) {
            runs.forget(client);
          }
        }
      }
    } catch (Fault refused) {
      assertThat(refused.message())
          .matches(
              "(Run already exists|Prepared run not found|Run was prepared for continuation|Run was"
                  + " not prepared for continuation|Run already started|Run not found): r\\d");
    }
  }

  private static OptionalLong after(RandomGenerator random) {
    return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(50));
  }

  private PrepareRunOptions request(RunId run, RandomGenerator random) {
    String strategy = STRATEGIES.get(random.nextInt(STRATEGIES.size()));
    return new PrepareRunOptions(
        Optional.of(run.value()),
        Optional.of(folder.resolve(strategy + ".yaml").toString()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
