package com.commaagents.base.task;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Forks that end before their block does: all results, or the first failure and no task left.
///
/// Each task runs on a virtual thread of its own. The first failure interrupts the others; an
/// interruption of the caller interrupts all. Either way [#all] returns only when every task has
/// ended, so nothing leaks out of the block.
///
/// Limits: [#MAX_TASKS] tasks; more is a programming error.
///
/// Source: structured concurrency as in JEP 505, on final APIs.
public final class TaskScope {
  public static final int MAX_TASKS = 10_000;

  private TaskScope() {}

  /// Runs all tasks at once and returns their results in the order of the tasks.
  ///
  /// @throws InterruptedException when the caller was interrupted; the tasks have been too
  /// @throws RuntimeException the first failure of a task, as it was thrown
  public static <T> List<T> all(String name, List<? extends Callable<? extends T>> tasks)
      throws InterruptedException {
    if (tasks.size() > MAX_TASKS) {
      throw new IllegalArgumentException("too many tasks: " + tasks.size());
    }
    return new Forks<T>(name, tasks).join();
  }

  private static final class Forks<T> {
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
    private final List<@Nullable T> results = new ArrayList<>();
    private final CountDownLatch ended;

    Forks(String name, List<? extends Callable<? extends T>> tasks) {
      ended = new CountDownLatch(tasks.size());
      for (int i = 0; i < tasks.size(); i++) {
        results.add(null);
        Callable<? extends T> task = tasks.get(i);
        int index = i;
        threads.add(Thread.ofVirtual().name(name + "-" + i).unstarted(() -> run(index, task)));
      }
      threads.forEach(Thread::start);
    }

    private void run(int index, Callable<? extends T> task) {
      try {
        T result = task.call();
        synchronized (results) {
          results.set(index, result);
        }
      } catch (Throwable failure) {
        if (firstFailure.compareAndSet(null, failure)) {
          interruptAll();
        }
      } finally {
        ended.countDown();
      }
    }

    private void interruptAll() {
      threads.forEach(Thread::interrupt);
    }

    List<T> join() throws InterruptedException {
      boolean interrupted = false;
      while (true) {
        try {
          ended.await();
          break;
        } catch (InterruptedException cancelled) {
          interrupted = true;
          interruptAll();
        }
      }
      if (interrupted) {
        throw new InterruptedException();
      }
      Throwable failure = firstFailure.get();
      if (failure != null) {
        throw TaskScope.<RuntimeException>asThrown(failure);
      }
      List<T> complete = new ArrayList<>();
      synchronized (results) {
        for (T result : results) {
          complete.add(result);
        }
      }
      return complete;
    }
  }

  // A task throws what its caller's code would have thrown in its place.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> X asThrown(Throwable failure) throws X {
    throw (X) failure;
  }
}
