package com.commaagents.runs.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// All that comes of one seed: a few lives of a run system on one disk. Some end well, some by an
/// early shutdown, some by death in the middle of everything.
final class Game {
  private static final int MAX_STEPS = 200_000;
  private static final int MAX_STEPS_AFTER_CLIENTS = 400;
  private static final int LONGEST_INTERRUPTED_LIFE = 1_200;
  private static final String AGENTS =
      """
      version: "1"
      agents:
        user: { type: user }
        worker: { model: simulated/any, tools: [touch, wonder, work, launch_strategy], maxSteps: 4 }
        talker: { model: simulated/any }
      """;
  private static final Map<String, String> FLOWS =
      Map.of(
          "one",
          "{type: sequential, name: main, steps: [{agent: worker}]}",
          "chat",
          "{type: sequential, name: main, steps: [{agent: talker}, {agent: user}, {agent:"
              + " worker}]}",
          "wide",
          "{type: broadcast, name: main, steps: [{agent: worker}, {agent: user}, {agent:"
              + " talker}]}",
          "round",
          "{type: cycle, name: main, cycles: 2, steps: [{agent: talker}, {agent: worker}]}",
          Life.BROKEN,
          "{type: sequential, name: main, steps: [{agent: nobody}]}",
          ".comma/strategies/child",
          "{type: sequential, name: main, steps: [{agent: talker}, {agent: user}]}");

  private final Referee referee = new Referee();
  private final VirtualClock clock = new VirtualClock();
  private final Disk disk = new Disk();
  private final Chance chance;
  private final Scheduler scheduler;
  private final Path folder;

  private Game(long seed, Path folder) {
    this.chance = new Chance(seed);
    this.scheduler = new Scheduler(chance.split());
    this.folder = folder;
  }

  /// What the games are about; once for all of them.
  static void writeStrategies(Path folder) throws IOException {
    Files.createDirectories(folder.resolve(".comma/strategies"));
    for (Map.Entry<String, String> flow : FLOWS.entrySet()) {
      String name = flow.getKey().substring(flow.getKey().lastIndexOf('/') + 1);
      Files.writeString(
          folder.resolve(flow.getKey() + ".yaml"),
          "name: " + name + "\n" + AGENTS + "flow: " + flow.getValue() + "\n");
    }
  }

  /// @return what happened in it
  static Referee play(long seed, Path folder) {
    Game game = new Game(seed, folder);
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, defect) -> game.referee.foul(thread.getName() + " died", defect));
    try {
      game.play();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    return game.referee;
  }

  private void play() {
    SimulatedStore store = new SimulatedStore(disk, chance, referee);
    Audience audience = new Audience(disk, store, referee);
    Life.World world = new Life.World(folder, scheduler, clock, chance, referee, disk, audience);
    int lives = 1 + chance.below(3);
    for (int number = 1; number <= lives; number++) {
      if (number > 1) {
        store = new SimulatedStore(disk, chance, referee);
        audience.listenTo(store);
      }
      live(new Life(number, world, store), number == lives);
      disk.runs().forEach(run -> Timelines.check(run, disk.of(run), audience.stream(run), referee));
      referee.endOnFoul();
    }
  }

  private void live(Life life, boolean last) {
    life.begin();
    if (last || chance.oneIn(4)) {
      while (!life.isQuiet() && advance(life)) {}
      for (int left = MAX_STEPS_AFTER_CLIENTS; left > 0 && advance(life); left--) {}
      referee.count("ended at rest");
      life.shutDown();
    } else {
      for (int left = chance.below(LONGEST_INTERRUPTED_LIFE); left > 0 && advance(life); left--) {}
      if (chance.oneIn(3)) {
        referee.count("early shutdown");
        life.shutDown();
      } else {
        life.die();
      }
    }
    while (advance(life)) {}
    life.isGone();
    referee.require(!scheduler.isDisturbed(), () -> "somebody was woken from outside of the game");
    referee.endOnFoul();
  }

  private boolean advance(Life life) {
    if (scheduler.isReady()) {
      scheduler.step();
    } else if (clock.hasSleepers()) {
      clock.jump();
    } else {
      return false;
    }
    life.check();
    referee.require(referee.steps() < MAX_STEPS, () -> "it does not end");
    referee.step();
    return true;
  }
}
