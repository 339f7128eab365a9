package com.commaagents.runs.simulation;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.RunId;
import com.commaagents.engine.people.People;
import com.commaagents.engine.tool.ToolSession;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.RunActions;
import com.commaagents.runs.message.RunMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Does one thing after another, as chance has it, and keeps book of what it may be told.
final class Client {
  private static final int ACTIONS = 22;
  private static final ToolSession.PolicyPatch NOTHING =
      new ToolSession.PolicyPatch(
          ToolSession.Mode.WRITE, List.of(), List.of("*"), Optional.empty());

  private final ClientId id;
  private final Life life;
  private final Chance chance;
  private int said;

  Client(ClientId id, Life life) {
    this.id = id;
    this.life = life;
    this.chance = life.chance();
  }

  void act() throws InterruptedException {
    for (int i = 0; i < ACTIONS && !life.isDead(); i++) {
      chance.pause();
      Action action = Action.choose(chance);
      RunId run = chance.of(Life.RUNS);
      String result = "done";
      try {
        action.move().make(this, run);
      } catch (Fault refused) {
        life.isRefusal(refused);
        result = refused.message();
      }
      life.referee().note(id + " " + action.name() + " " + run + ": " + result);
      life.referee().count(action.name());
      life.referee().count(result.equals("done") ? "done" : Life.kind(result));
    }
  }

  void prepare(RunId run) throws InterruptedException {
    prepare(run, life.strategy(chance.of(Life.STRATEGIES)));
  }

  void prepareBroken(RunId run) throws InterruptedException {
    prepare(run, life.strategy(Life.BROKEN));
  }

  private void prepare(RunId run, String strategy) throws InterruptedException {
    prepare(
        run,
        new PrepareRunOptions(
            Optional.of(run.value()),
            Optional.of(strategy),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  void prepareContinuation(RunId run) throws InterruptedException {
    prepare(run, PrepareRunOptions.continuing(run.value()));
  }

  private void prepare(RunId run, PrepareRunOptions request) throws InterruptedException {
    join(
        run,
        () -> {
          life.runs().prepareRun(id, request);
          life.prepared(run);
        });
  }

  void start(RunId run) throws InterruptedException {
    Optional<String> input = chance.oneIn(4) ? Optional.empty() : Optional.of(text("start"));
    join(run, () -> life.runs().startRun(id, run.value(), input, Optional.of("request")));
  }

  void continueRun(RunId run) throws InterruptedException {
    String input = text("go on");
    join(run, () -> life.runs().continueRun(id, run.value(), input, Optional.empty()));
  }

  void resume(RunId run) throws InterruptedException {
    Line line = line(run);
    boolean before = line.notice(true);
    try {
      resumeAndJoin(run);
    } catch (Fault refused) {
      line.notice(before);
      throw refused;
    }
  }

  private void resumeAndJoin(RunId run) throws InterruptedException {
    join(
        run,
        () -> {
          life.runs().resumeRun(id, run.value(), Optional.empty());
          life.audience().stream(run).resumed();
        });
    life.referee().count("resumed");
  }

  void stop(RunId run) throws InterruptedException {
    life.runs().stopRun(run.value());
  }

  /// A run that nobody has followed from its beginning is left alone: its numbers would come again,
  /// and nobody could say which message is meant.
  void delete(RunId run) throws InterruptedException {
    if (life.isWitnessed(run)) {
      life.runs().deleteRun(run.value());
      life.referee().count("deleted");
    }
  }

  /// Also what was answered already, by itself or by somebody else.
  void answer(RunId run) {
    Stream stream = life.audience().stream(run);
    List<RunMessage> requests = stream.lately(3);
    if (requests.isEmpty()) {
      return;
    }
    boolean first = answer(run, stream, chance.of(requests));
    life.referee().count(first ? "first answer" : "answer too late");
  }

  private boolean answer(RunId run, Stream stream, RunMessage request) {
    RunActions actions = life.runs().actions();
    String text = text("answer");
    boolean first = false;
    if (request instanceof RunMessage.InputRequested asked) {
      first = actions.resolveInput(id, run.value(), asked.agentName(), text);
    } else if (request instanceof RunMessage.QuestionRequested asked) {
      first =
          accepted(stream, asked.id(), actions.resolveQuestion(id, run.value(), asked.id(), text));
    } else if (request instanceof RunMessage.PermissionRequested asked) {
      People.Decision decision = chance.of(List.of(People.Decision.values()));
      first =
          accepted(
              stream, asked.id(), actions.resolvePermission(id, run.value(), asked.id(), decision));
    }
    if (first) {
      stream.acceptedText(text);
    }
    return first;
  }

  private static boolean accepted(Stream stream, String requestId, boolean first) {
    if (first) {
      stream.acceptedAnswer(requestId);
    }
    return first;
  }

  void steer(RunId run) throws InterruptedException {
    String text = text("steer");
    life.audience().stream(run).steers(text);
    life.referee()
        .count(life.runs().actions().steer(run.value(), text) ? "steered" : "nobody to steer");
  }

  void updatePolicy(RunId run) {
    life.runs().actions().updatePolicy(run.value(), NOTHING, Optional.empty());
  }

  void follow(RunId run) throws InterruptedException {
    join(run, () -> life.runs().subscribe(id, run.value(), OptionalLong.empty()));
  }

  void comeBack(RunId run) throws InterruptedException {
    life.runs().unsubscribe(id, run.value());
    Line line = line(run);
    line.leave();
    long after = someNumber(line);
    line.comeBackAfter(after);
    try {
      life.runs().subscribe(id, run.value(), OptionalLong.of(after));
    } catch (Fault refused) {
      line.leave();
      throw refused;
    }
  }

  void attach(RunId run) throws InterruptedException {
    Line line = line(run);
    Line.Standing before = line.standing();
    OptionalLong after = OptionalLong.empty();
    if (line.isAway() && chance.oneIn(2)) {
      after = OptionalLong.of(someNumber(line));
      line.attachAfter(after.getAsLong());
    } else {
      line.attach();
    }
    try {
      life.runs().attach(id, run.value(), after, Optional.empty());
    } catch (Fault refused) {
      line.attachRefused(before);
      throw refused;
    }
    if (!life.isDead()) {
      line.attached();
    }
  }

  void leave(RunId run) {
    life.runs().unsubscribe(id, run.value());
    line(run).leave();
  }

  /// Its connection dies; that is noticed later, and then it is back where it was.
  void vanish(RunId run) throws InterruptedException {
    life.audience().deafen(id);
    chance.pause(chance.below(30));
    life.runs().forget(id);
    life.audience().forgotten(id);
    comeBack(run);
  }

  void awaitEnd(RunId run) {
    life.start(
        "awaits " + run,
        () -> {
          try {
            life.runs().await(run.value());
          } catch (Fault refused) {
            life.isRefusal(refused);
          }
        });
  }

  void passMoment(RunId run) throws InterruptedException {
    life.clock().sleep(Duration.ofMillis(chance.below(2_000)));
  }

  /// Longer than the past of a finished run is held.
  void passLongTime(RunId run) throws InterruptedException {
    life.clock().sleep(Duration.ofMinutes(6));
  }

  private void join(RunId run, Life.Work work) throws InterruptedException {
    Line line = line(run);
    boolean away = line.isAway();
    line.join();
    boolean joined = false;
    try {
      work.run();
      joined = true;
    } finally {
      if (away && !joined) {
        line.leave();
      }
    }
  }

  private Line line(RunId run) {
    return life.audience().line(id, run);
  }

  private long someNumber(Line line) {
    return chance.oneIn(2) ? line.last() : chance.below((int) Math.min(line.last() + 1, 1_000));
  }

  private String text(String kind) {
    return kind + " " + life.number() + "-" + id + "-" + said++;
  }
}
