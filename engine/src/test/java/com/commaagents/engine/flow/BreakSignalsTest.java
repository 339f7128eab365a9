package com.commaagents.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.strategy.definition.FlowDefinition.Cycle;
import com.commaagents.strategy.definition.FlowDefinition.SignalMatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BreakSignalsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        // answer (/ is a line break) | substring | first-line | any-line | exact
        "'done'|true|true|true|true",
        "'DONE'|true|true|true|true",
        "' Done '|true|true|true|true",
        "'//  done//'|true|true|true|true",
        "'done.'|true|false|false|false",
        "'done it is'|true|true|true|false",
        "'done\tnow'|true|true|true|false",
        "'we are done'|true|false|false|false",
        "'abandoned'|true|false|false|false",
        "'done/more'|true|true|true|false",
        "'more/done'|true|false|true|false",
        "'more/ stop here/more'|true|false|true|false",
        "'End Cycle'|true|true|true|true",
        "'end  cycle'|false|false|false|false",
        "'endless'|false|false|false|false",
        "''|false|false|false|false",
        "'go on'|false|false|false|false",
      })
  void comparesAsItsModeSays(
      String answer, boolean substring, boolean firstLine, boolean anyLine, boolean exact) {
    assertThat(matches(SignalMatch.SUBSTRING, answer)).as("substring").isEqualTo(substring);
    assertThat(matches(SignalMatch.FIRST_LINE, answer)).as("first-line").isEqualTo(firstLine);
    assertThat(matches(SignalMatch.ANY_LINE, answer)).as("any-line").isEqualTo(anyLine);
    assertThat(matches(SignalMatch.EXACT, answer)).as("exact").isEqualTo(exact);
  }

  private static boolean matches(SignalMatch match, String answer) {
    return BreakSignals.match(match, Cycle.DEFAULT_BREAK_SIGNALS, answer.replace('/', '\n'));
  }

  @Test
  void knowsEveryKindOfLineBreak() {
    assertThat(BreakSignals.match(SignalMatch.ANY_LINE, List.of("Done"), "a\r\ndone\r\nb"))
        .isTrue();
  }

  @Test
  void neverTakesABlankSignalForSomethingSaid() {
    for (SignalMatch match : SignalMatch.values()) {
      assertThat(BreakSignals.match(match, List.of(" "), "a b")).isFalse();
    }
  }
}
