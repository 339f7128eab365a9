package com.commaagents.runs.live;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/// The first answer counts.
public final class AnswerStress {
  private AnswerStress() {}

  private static int await(Answer<Integer> answer) {
    try {
      return answer.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /// Of two answers one is told that it was the first, and that one counts.
  @JCStressTest
  @Outcome(id = "true, false, 1", expect = Expect.ACCEPTABLE, desc = "the one")
  @Outcome(id = "false, true, 2", expect = Expect.ACCEPTABLE, desc = "the other")
  @State
  public static class TwoAnswers {
    private final Answer<Integer> answer = new Answer<>();

    @Actor
    public void one(ZZI_Result result) {
      result.r1 = answer.give(1);
    }

    @Actor
    public void other(ZZI_Result result) {
      result.r2 = answer.give(2);
    }

    @Arbiter
    public void read(ZZI_Result result) {
      result.r3 = await(answer);
    }
  }

  /// Whoever waits gets it.
  @JCStressTest
  @Outcome(id = "true, 7", expect = Expect.ACCEPTABLE, desc = "given and got")
  @State
  public static class GiveAndAwait {
    private final Answer<Integer> answer = new Answer<>();

    @Actor
    public void give(ZI_Result result) {
      result.r1 = answer.give(7);
    }

    @Actor
    public void await(ZI_Result result) {
      result.r2 = AnswerStress.await(answer);
    }
  }
}
