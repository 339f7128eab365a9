package com.commaagents.runs.live;

import com.commaagents.base.id.ClientId;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;

/// Answers and steering are taken once, by whoever is first, and not after the end.
public final class PendingRequestsStress {
  private static final ClientId CLIENT = new ClientId("client");
  private static final String ID = "id";

  private PendingRequestsStress() {}

  private static final class Asked {
    final Mailbox box = new Mailbox();
    final PendingRequests requests = new PendingRequests(box, () -> ID);

    /// Somebody asks, on a thread of their own, and waits.
    Asked ask() {
      var _ =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  String answer = requests.question("agent", "0", "tool", "well?");
                  if (answer.isEmpty()) {
                    throw new IllegalStateException("no answer");
                  }
                } catch (InterruptedException stopped) {
                  Thread.currentThread().interrupt();
                }
              });
      // It is open once the owner hears of it.
      take();
      return this;
    }

    List<Mail> take() {
      try {
        return box.takeAll();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }

    boolean steer() {
      try {
        return requests.steer("text");
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }

    int takeSteering() {
      try {
        return requests.takeSteering("agent", "0").size();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }

    /// What the owner is told, in order.
    String mail() {
      StringBuilder kinds = new StringBuilder();
      for (Mail mail : box.close()) {
        kinds.append(mail.getClass().getSimpleName()).append(' ');
      }
      return kinds.toString().strip();
    }
  }

  /// Of two answers to one question one is the first.
  @JCStressTest
  @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "the one")
  @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the other")
  @State
  public static class TwoAnswers {
    private final Asked asked = new Asked().ask();

    @Actor
    public void one(ZZ_Result result) {
      result.r1 = asked.requests.answerQuestion(CLIENT, ID, "one");
    }

    @Actor
    public void other(ZZ_Result result) {
      result.r2 = asked.requests.answerQuestion(CLIENT, ID, "other");
    }
  }

  /// A question is answered before the end, or not at all; afterwards nobody waits for anything.
  @JCStressTest
  @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "answered before the end")
  @Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "too late")
  @State
  public static class AnswerAndClose {
    private final Asked asked = new Asked().ask();

    @Actor
    public void answer(ZZ_Result result) {
      result.r1 = asked.requests.answerQuestion(CLIENT, ID, "text");
    }

    @Actor
    public void close() {
      asked.requests.close();
    }

    @Arbiter
    public void late(ZZ_Result result) {
      result.r2 = asked.requests.answerQuestion(CLIENT, ID, "late");
      // Whoever still waits is let go, as the end of a run would.
      asked.mail();
    }
  }

  /// A text is taken once, and was queued on the timeline before.
  @JCStressTest
  @Outcome(id = "1 0, Steered SteeringTaken", expect = Expect.ACCEPTABLE, desc = "taken at once")
  @Outcome(
      id = "0 1, Steered SteeringTaken",
      expect = Expect.ACCEPTABLE,
      desc = "taken by the next")
  @State
  public static class SteerAndTake {
    private final Asked run = new Asked();
    private int taken;

    @Actor
    public void steer() {
      run.steer();
    }

    @Actor
    public void take() {
      taken = run.takeSteering();
    }

    @Arbiter
    public void takeTheRest(LL_Result result) {
      result.r1 = taken + " " + run.takeSteering();
      result.r2 = run.mail();
    }
  }

  /// After the end nobody takes a text; it was noted before the end or refused.
  @JCStressTest
  @Outcome(id = "true, 0 Steered", expect = Expect.ACCEPTABLE, desc = "noted, and then the end")
  @Outcome(id = "false, 0 ", expect = Expect.ACCEPTABLE, desc = "refused")
  @State
  public static class SteerAndClose {
    private final Asked run = new Asked();

    @Actor
    public void steer(ZL_Result result) {
      result.r1 = run.steer();
    }

    @Actor
    public void close() {
      run.requests.close();
    }

    @Arbiter
    public void late(ZL_Result result) {
      result.r2 = run.takeSteering() + " " + run.mail();
    }
  }
}
