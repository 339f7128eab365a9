package com.commaagents.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.time.Clock;
import org.junit.jupiter.api.Test;

final class MemoryAtRestTest {
  private static final long USED_AT_REST = 40L << 20;

  private final FakeHeap heap = new FakeHeap();
  private boolean atRest = true;
  private final MemoryAtRest memory = new MemoryAtRest(heap, () -> atRest, Clock.system());

  @Test
  void collectsOnceWhenMuchHasComeTogether() {
    heap.used = MemoryAtRest.WORTHWHILE_BYTES;
    memory.look();
    memory.look();

    assertThat(heap.collections).isEqualTo(1);
  }

  @Test
  void collectsAgainWhenItHasGrownSince() {
    heap.used = MemoryAtRest.WORTHWHILE_BYTES;
    memory.look();
    heap.used = USED_AT_REST + MemoryAtRest.WORTHWHILE_BYTES - 1;
    memory.look();
    assertThat(heap.collections).isEqualTo(1);

    heap.used++;
    memory.look();
    assertThat(heap.collections).isEqualTo(2);
  }

  @Test
  void waitsUntilNothingRuns() {
    heap.used = 10 * MemoryAtRest.WORTHWHILE_BYTES;
    atRest = false;
    memory.look();
    assertThat(heap.collections).isZero();

    atRest = true;
    memory.look();
    assertThat(heap.collections).isEqualTo(1);
  }

  private static final class FakeHeap implements MemoryAtRest.Heap {
    private long used;
    private int collections;

    @Override
    public long usedBytes() {
      return used;
    }

    @Override
    public void collect() {
      collections++;
      used = USED_AT_REST;
    }
  }
}
