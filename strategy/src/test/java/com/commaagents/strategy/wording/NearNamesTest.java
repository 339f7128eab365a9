package com.commaagents.strategy.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {
  private static final List<String> FIELDS =
      List.of("model", "tools", "breakCycleSignals", "systemPrompt");

  @ParameterizedTest
  @CsvSource({
    "modle, model",
    "Model, model",
    "mode, model",
    "toolss, tools",
    "break-cycle-signals, breakCycleSignals",
    "system_prompt, systemPrompt",
    "systenPrompts, systemPrompt"
  })
  void findsTheNameThatWasMeant(String written, String meant) {
    assertThat(NearNames.nearest(written, FIELDS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"wizard", "''", "x"})
  void findsNoneThatIsFarAway(String written) {
    assertThat(NearNames.nearest(written, FIELDS)).isEmpty();
  }

  @Test
  void comparesNamesUpToSixtyCharacters() {
    assertThat(NearNames.nearest("x".repeat(60), List.of("x".repeat(59)))).isPresent();
    assertThat(NearNames.nearest("x".repeat(61), List.of("x".repeat(60)))).isEmpty();
  }

  @Test
  void listsWhatThereIsUpToTwentyNames() {
    assertThat(NearNames.hint("wizard", List.of("b", "a"), "there are: "))
        .isEqualTo("there are: a, b");
    assertThat(NearNames.hint("wizard", List.of(), "there are: ")).isEqualTo("there are none");
    assertThat(NearNames.hint("wizard", names(20), "")).endsWith("n19").startsWith("n00");
    assertThat(NearNames.hint("wizard", names(21), "")).endsWith("n19, …");
  }

  @Test
  void comparesTwoHundredNames() {
    assertThat(NearNames.nearest("zebrq", with(names(199), "zebra"))).contains("zebra");
    assertThat(NearNames.nearest("zebrq", with(names(200), "zebra"))).isEmpty();
  }

  private static List<String> with(List<String> names, String last) {
    return Stream.concat(names.stream(), Stream.of(last)).toList();
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(number -> "n%02d".formatted(number)).toList();
  }
}
