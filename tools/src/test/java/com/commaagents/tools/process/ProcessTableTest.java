package com.commaagents.tools.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
  private static final String MARK = "COMMA_COMMAND=mine";

  private final List<String> looked = new ArrayList<>();

  /// A process that shows one after the other, and then the last for ever; `ended` is a process
  /// that has ended.
  private boolean holds(String... shown) {
    Deque<String> ahead = new ArrayDeque<>(Arrays.asList(shown));
    return ProcessTable.holds(
        MARK,
        file -> {
          looked.add(file);
          String now = ahead.size() > 1 ? ahead.removeFirst() : ahead.getFirst();
          return now.equals("ended") ? Optional.empty() : Optional.of(now);
        });
  }

  @Test
  void looksOnceAtAProcessThatShowsItsEnvironment() {
    assertThat(holds("A=1\0" + MARK + "\0")).isTrue();
    assertThat(holds("A=1\0")).isFalse();
    assertThat(holds("ended")).isFalse();
    assertThat(looked).containsExactly("environ", "environ", "environ");
  }

  @Test
  void looksAgainAtAProcessThatTakesAnotherProgramJustNow() {
    assertThat(holds("", "", "", "", MARK)).isTrue();
    assertThat(holds("", "", "", "", "A=1")).isFalse();
    assertThat(holds("", "", "", "", "ended")).isFalse();
  }

  @Test
  void looksOnceMoreWhenTheArgumentsShowBeforeTheEnvironment() {
    assertThat(holds("", "sleep\00060", MARK)).isTrue();
    assertThat(looked).containsExactly("environ", "cmdline", "environ");
  }

  @Test
  void takesAProcessWithoutEnvironmentForAStranger() {
    assertThat(holds("", "sleep\00060", "")).isFalse();
    assertThat(looked).containsExactly("environ", "cmdline", "environ");
  }

  @Test
  void givesUpOnAProcessThatNeverShowsAnything() {
    assertThat(holds("")).isFalse();
    assertThat(looked).hasSize(2 * ProcessTable.MAX_LOOKS);
  }

  @Test
  void seesNoThreadsOfTheKernelAndThisProcess() {
    assertThat(ProcessTable.rows())
        .anyMatch(row -> row.pid() == ProcessHandle.current().pid())
        .noneMatch(row -> row.pid() == 2 || row.parent() == 2);
    assertThat(ProcessTable.row(ProcessHandle.current().pid()).orElseThrow().environmentHolds("="))
        .isTrue();
  }
}
