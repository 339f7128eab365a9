package com.commaagents.runs.simulation;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/// Runs virtual threads one at a time on the thread that made it, and chooses who is next: the same
/// chance, the same course. A virtual thread that one of them starts is scheduled here too.
///
/// Needs `--add-opens java.base/java.lang=ALL-UNNAMED`: the JDK takes a scheduler for virtual
/// threads, but has no public method for it yet.
///
/// INVARIANT: only threads of the game wake threads of the game. A wake-up from elsewhere (a real
/// timer, a contended monitor that the JVM hands on by a thread of its own) would not come again in
/// the same place; it is noticed.
final class Scheduler implements Executor {
  private static final Constructor<?> BUILDER = builder();

  private final Chance chance;
  private final boolean newestFirst;
  private final Thread carrier = Thread.currentThread();
  private final List<Runnable> ready = new ArrayList<>();
  private boolean disturbed;

  Scheduler(Chance chance) {
    this.chance = chance;
    // Some games favour whoever was just woken: they go deep where the others go wide.
    this.newestFirst = chance.oneIn(3);
  }

  private static Constructor<?> builder() {
    try {
      Constructor<?> builder =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
              .getDeclaredConstructor(Executor.class);
      builder.setAccessible(true);
      return builder;
    } catch (ReflectiveOperationException otherJdk) {
      throw new IllegalStateException("this JDK takes no scheduler", otherJdk);
    }
  }

  Thread start(String name, Runnable work) {
    try {
      return ((Thread.Builder.OfVirtual) BUILDER.newInstance(this)).name(name).start(work);
    } catch (ReflectiveOperationException otherJdk) {
      throw new IllegalStateException("this JDK takes no scheduler", otherJdk);
    }
  }

  @Override
  public void execute(Runnable continuation) {
    synchronized (ready) {
      disturbed |= !Thread.currentThread().isVirtual() && !Thread.currentThread().equals(carrier);
      ready.add(continuation);
    }
  }

  /// Whether anybody can go on.
  boolean isReady() {
    synchronized (ready) {
      return !ready.isEmpty();
    }
  }

  /// Whether somebody was woken from outside of the game.
  boolean isDisturbed() {
    synchronized (ready) {
      return disturbed;
    }
  }

  /// Lets one thread go on until it waits, yields or ends.
  void step() {
    next().run();
  }

  private Runnable next() {
    synchronized (ready) {
      int last = ready.size() - 1;
      int chosen = newestFirst && !chance.oneIn(4) ? last : chance.below(ready.size());
      Runnable next = ready.get(chosen);
      ready.set(chosen, ready.get(last));
      ready.remove(last);
      return next;
    }
  }
}
