package com.commaagents.runs.simulation;

import org.jspecify.annotations.Nullable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.Objects;
import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.base.time.Clock;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.live.RunSummary;
import com.commaagents.runs.store.RunOverview;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// One life of a run system, from its opening to its shutdown or its death, and the clients that
/// make use of it.
final class Life {
  static final List<RunId> RUNS = List.of(new RunId("r0"), new RunId("r1"), new RunId("r2"));
  static final List<String> STRATEGIES = List.of("one", "chat", "wide", "round");
  static final String BROKEN = "broken";

  private static final int CLIENTS = 3;
  private static final Pattern REFUSALS =
      Pattern.compile(
          "((Run already exists|Prepared run not found|Run was prepared for continuation|Run was not"
              + " prepared for continuation|Run already started|Run was not"
              + " interrupted|Run not found): r\\d"
              + "|Run cannot be resumed: r\\d: the flow in its strategy file has changed .*"
              + "|Run system is shutting down|The run store is closed\\.|Cannot read the timeline: an I/O error\\."
              + "|Run is live: r\\d\\. Stop it first\\."
              + "|Cannot delete the run r\\d: an I/O error\\."
              + "|(?s).*broken\\.yaml.*)");

  private final int number;
  private final World world;
  private final SimulatedStore store;
  private final SimulatedModels models = new SimulatedModels(this);
  private final SimulatedTools tools = new SimulatedTools(this);
  private final RunSystem runs;
  private final Set<RunId> witnessed = new HashSet<>();
  private int busy;
  private int ids;
  private boolean dead;
  private boolean down;

  /// What goes on over all lives.
  record World(
      Path folder,
      Scheduler scheduler,
      VirtualClock clock,
      Chance chance,
      Referee referee,
      Disk disk,
      Audience audience) {}

  /// What a thread of the game does.
  interface Work {
    void run() throws InterruptedException;
  }

  /// @param number from 1
  Life(int number, World world, SimulatedStore store) {
    this.number = number;
    this.world = world;
    this.store = store;
    OptionalInt atOnce = world.chance().oneIn(3) ? OptionalInt.of(1) : OptionalInt.empty();
    Chance spread = world.chance().split();
    this.runs =
        open(
            RunSystemOptions.of(store, models, tools)
                .withSink(world.audience())
                .withCwd(world.folder())
                .withDataFolder(world.folder().resolve("data"))
                .withMaxConcurrentRuns(atOnce)
                .withClock(world.clock())
                .withIds(this::newId)
                .withRandom(spread::next));
  }

  /// By a thread of the game, so that the threads it starts are of the game too.
  private RunSystem open(RunSystemOptions options) {
    AtomicReference<@Nullable RunSystem> opened = new AtomicReference<>();
    start("open", () -> opened.set(RunSystem.open(options)));
    while (busy > 0) {
      world.scheduler().step();
    }
    return Objects.requireNonNull(opened.get());
  }

  private String newId() {
    world.chance().pause();
    return "id-" + number + "-" + ids++;
  }

  /// Everybody begins to act.
  void begin() {
    start(
        "witness",
        () -> {
          for (RunId run : List.copyOf(world.disk().runs())) {
            witness(run);
          }
        });
    for (int i = 0; i < CLIENTS; i++) {
      ClientId id = new ClientId("c" + i);
      start("client " + id, () -> new Client(id, this).act());
    }
  }

  /// The work counts as under way until it has ended.
  void start(String name, Work work) {
    busy++;
    var _ = world.scheduler().start(name, () -> run(name, work));
  }

  private void run(String name, Work work) {
    try {
      work.run();
    } catch (InterruptedException | RuntimeException | Error defect) {
      world.referee().foul(name, defect);
    } finally {
      busy--;
    }
  }

  /// A preparation has succeeded.
  void prepared(RunId run) throws InterruptedException {
    if (!dead) {
      world.audience().stream(run).prepared();
      witness(run);
    }
  }

  private void witness(RunId run) throws InterruptedException {
    Line line = world.audience().line(Audience.WITNESS, run);
    if (line.isAway()) {
      line.comeBackAfter(line.last());
      runs.subscribe(Audience.WITNESS, run.value(), OptionalLong.of(line.last()));
      witnessed.add(run);
    }
  }

  /// Whether the numbers of a run's messages go on after its deletion, because somebody follows it
  /// through all of this life.
  boolean isWitnessed(RunId run) {
    return witnessed.contains(run);
  }

  void isRefusal(Fault fault) {
    world.referee().require(REFUSALS.matcher(fault.message()).matches(), () -> "refused: " + fault);
  }

  /// What a refusal is counted as.
  static String kind(String refusal) {
    return refusal.contains(BROKEN) ? "refused: " + BROKEN : refusal.replaceFirst(": r\\d.*$", "");
  }

  /// The machine is switched off. What its threads still do reaches nobody.
  void die() {
    dead = true;
    store.cut();
    world.audience().silence();
    world.referee().note("death");
    world.referee().count("death");
    shutDown();
  }

  void shutDown() {
    start(
        "shutdown",
        () -> {
          runs.shutdown();
          down = true;
        });
  }

  /// What must hold between any two steps.
  void check() {
    if (dead) {
      return;
    }
    for (RunSummary summary : runs.runsInMemory()) {
      Optional<RunOverview> onDisk = store.glance(summary.runId());
      boolean agree =
          switch (summary.status()) {
            case PENDING -> true;
            case RUNNING -> onDisk.isPresent();
            case COMPLETED ->
                onDisk
                    .map(shown -> shown.status() == RunStatus.COMPLETED)
                    .orElse(store.isDeleted(summary.runId()));
            case ERROR, CANCELLED ->
                onDisk.map(shown -> shown.status() == summary.status()).orElse(true);
          };
      world.referee().require(agree, () -> summary + " in memory, listed as " + onDisk);
    }
  }

  /// Whether every client has done what it wanted to.
  boolean isQuiet() {
    return busy == 0;
  }

  /// Nothing moves any more after the shutdown: nothing is left.
  void isGone() {
    Referee referee = world.referee();
    referee.require(down && busy == 0, () -> busy + " threads wait for ever");
    referee.require(runs.activeRuns() == 0, () -> runs.activeRuns() + " runs are left");
    referee.require(tools.open() == 0, () -> tools.open() + " tool sessions are left");
    referee.require(tools.busy() == 0, () -> tools.busy() + " tool calls are left");
    referee.require(models.busy() == 0, () -> models.busy() + " model calls are left");
    referee.require(store.openLogs() == 0, () -> store.openLogs() + " logs are open");
    if (!dead) {
      world.audience().streams().forEach(Stream::closed);
      world.audience().areComplete();
    }
  }

  String strategy(String name) {
    return world.folder().resolve(name + ".yaml").toString();
  }

  int number() {
    return number;
  }

  boolean isDead() {
    return dead;
  }

  RunSystem runs() {
    return runs;
  }

  Disk disk() {
    return world.disk();
  }

  Audience audience() {
    return world.audience();
  }

  Referee referee() {
    return world.referee();
  }

  Chance chance() {
    return world.chance();
  }

  Clock clock() {
    return world.clock();
  }
}
