package com.commaagents.runs.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {
  private final Cleanup cleanup = new Cleanup();
  private final List<String> done = new ArrayList<>();

  @Test
  void undoesTheNewestFirstAndOnce() {
    cleanup.add("a", () -> done.add("a"));
    cleanup.add("b", () -> done.add("b"));
    cleanup.run();
    cleanup.run();
    assertThat(done).containsExactly("b", "a");
  }

  @Test
  void goesOnAfterAFailure() {
    cleanup.add("a", () -> done.add("a"));
    cleanup.add(
        "b",
        () -> {
          throw new IllegalStateException("b cannot be undone");
        });
    cleanup.add("c", () -> done.add("c"));
    cleanup.run();
    assertThat(done).containsExactly("c", "a");
  }

  @Test
  void hasNothingToDoAtFirst() {
    cleanup.run();
    assertThat(done).isEmpty();
  }
}
