package com.commaagents.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.task.TaskScope;
import com.commaagents.tools.search.BytePattern.OneOf;
import com.commaagents.tools.search.BytePattern.Sequence;
import com.commaagents.base.time.Clock;
import com.commaagents.tools.disk.FileBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the automaton does with lines, with what is large, and on several threads. What it fits is
/// tested with [WiderExpressionTest].
@Timeout(60)
class ByteAutomatonTest {
  private static final TimeLimit TIME = new TimeLimit(Clock.system(), Duration.ofMinutes(5));

  private static ByteAutomaton automaton(String expression) {
    return automaton(WiderExpression.of(expression).orElseThrow());
  }

  private static ByteAutomaton automaton(BytePattern pattern) {
    return ByteAutomaton.of(pattern, TIME).orElseThrow();
  }

  private static boolean mayBeIn(ByteAutomaton automaton, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return automaton.mayBeIn(new FileBytes(bytes, bytes.length));
  }

  @Test
  void findsSomethingAnywhereInTheLinesButNotAcrossTheirEnds() {
    ByteAutomaton automaton = automaton("ab[^x]+d");
    for (int lines = 1; lines < 6; lines++) {
      for (int at = 0; at < lines; at++) {
        List<String> text = new ArrayList<>(Collections.nCopies(lines, "ab or more x ab"));
        assertThat(mayBeIn(automaton, String.join("\n", text))).isFalse();
        text.set(at, "some abcd");
        assertThat(mayBeIn(automaton, String.join("\n", text))).isTrue();
      }
    }
    assertThat(mayBeIn(automaton, "")).isFalse();
    assertThat(mayBeIn(automaton, "\n\n\n")).isFalse();
    assertThat(mayBeIn(automaton, "abc\nd")).isFalse();
  }

  @Test
  void hasAtMost2000Places() {
    assertThat(ByteAutomaton.of(ofBytes(BytePlaces.MAX_PLACES), TIME)).isPresent();
    assertThat(ByteAutomaton.of(ofBytes(BytePlaces.MAX_PLACES + 1), TIME)).isEmpty();
    BytePattern nested = WiderExpression.of("((((a{60}){60}){60}){60}){60}").orElseThrow();
    assertThat(ByteAutomaton.of(nested, TIME)).isEmpty();
  }

  private static BytePattern ofBytes(int count) {
    BitSet bytes = new BitSet();
    bytes.set('a', 'c' + 1);
    return new Sequence(Collections.nCopies(count, new OneOf(bytes)));
  }

  // A state says how many of the bytes before can be the first, so each byte leads to a new one.
  @Test
  void countsWhatNeedsMoreThan500StatesAsFound() {
    int most = ByteAutomaton.MAX_STATES;
    ByteAutomaton automaton = automaton(ofBytes(most + 1));

    assertThat(mayBeIn(automaton, "a".repeat(most - 1))).isFalse();
    assertThat(mayBeIn(automaton, "a".repeat(most))).isTrue();
    assertThat(mayBeIn(automaton, "a".repeat(most - 1))).isFalse();
  }

  @Test
  void worksNothingOutWhenTheTimeIsOver() {
    TimeLimit over = new TimeLimit(Clock.system(), Duration.ofNanos(-1));
    ByteAutomaton automaton = ByteAutomaton.of(ofBytes(3), over).orElseThrow();

    assertThatThrownBy(() -> mayBeIn(automaton, "abc")).isInstanceOf(TimeLimit.Stopped.class);
  }

  @Test
  void tellsManyThreadsTheSame() throws InterruptedException {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      texts.add(
          random.ints(2_000, 'a', 'e').mapToObj(Character::toString).reduce("", String::concat));
    }
    String expression = "a[bc]{3}.{2,5}d[ab]{3,}c(?:ad|b{4})c";
    List<Boolean> expected =
        texts.stream().map(text -> mayBeIn(automaton(expression), text)).toList();
    assertThat(expected).contains(true).contains(false);

    ByteAutomaton shared = automaton(expression);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    texts.forEach(text -> tasks.add(() -> mayBeIn(shared, text)));
    assertThat(TaskScope.all("automaton", tasks)).isEqualTo(expected);
  }
}
