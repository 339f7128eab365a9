package com.commaagents.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PruneRuleTest {
  private static final List<RunRow> RUNS =
      List.of(
          Rows.running("now", Duration.ofHours(1), 100),
          Rows.finished("day", Duration.ofDays(1), 10),
          Rows.finished("week", Duration.ofDays(7), 20),
          Rows.running("long", Duration.ofDays(60), 100),
          Rows.finished("month", Duration.ofDays(31), 30),
          Rows.finished("year", Duration.ofDays(365), 40));

  @Test
  void olderThanNamesWhatWasOverLongerAgo() {
    assertThat(chosen("P7D", -1, -1)).containsExactly("month", "year");
    // The run of a week ago ended an hour after it began.
    assertThat(chosen("PT167H", -1, -1)).containsExactly("month", "year");
    assertThat(chosen("PT166H59M59S", -1, -1)).containsExactly("week", "month", "year");
    assertThat(chosen("P400D", -1, -1)).isEmpty();
  }

  @Test
  void keepAloneNamesAllOthers() {
    assertThat(chosen("", 1, -1)).containsExactly("day", "week", "month", "year");
    assertThat(chosen("", 3, -1)).containsExactly("month", "year");
    assertThat(chosen("", 6, -1)).isEmpty();
  }

  @Test
  void maxSizeNamesTheOldestUntilTheRestFits() {
    assertThat(chosen("", -1, 300)).isEmpty();
    assertThat(chosen("", -1, 299)).containsExactly("year");
    assertThat(chosen("", -1, 260)).containsExactly("year");
    assertThat(chosen("", -1, 259)).containsExactly("month", "year");
    // What is live stays, whatever it takes.
    assertThat(chosen("", -1, 0)).containsExactly("day", "week", "month", "year");
  }

  @Test
  void keepProtectsFromTheOtherTwo() {
    assertThat(chosen("PT0S", 3, -1)).containsExactly("month", "year");
    assertThat(chosen("", 3, 0)).containsExactly("month", "year");
    assertThat(chosen("P100D", 5, 0)).containsExactly("year");
  }

  @Test
  void whatEitherOfAgeAndSizeNamesGoes() {
    assertThat(chosen("P100D", -1, 260)).containsExactly("year");
    assertThat(chosen("P100D", -1, 230)).containsExactly("month", "year");
    assertThat(chosen("P30D", -1, 10_000)).containsExactly("month", "year");
  }

  @Test
  void whatTheDaemonSaysIsLiveStays() {
    assertThat(ids(rule("PT0S", -1, -1).choose(RUNS, Set.of("year", "day"), Rows.NOW)))
        .containsExactly("week", "month");
  }

  @Test
  void needsACondition() {
    assertThatThrownBy(() -> rule("", -1, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> chosen(String age, long keep, long maxBytes) {
    return ids(rule(age, keep, maxBytes).choose(RUNS, Set.of(), Rows.NOW));
  }

  private static PruneRule rule(String age, long keep, long maxBytes) {
    return new PruneRule(
        age.isEmpty() ? Optional.empty() : Optional.of(Duration.parse(age)),
        keep < 0 ? OptionalLong.empty() : OptionalLong.of(keep),
        maxBytes < 0 ? OptionalLong.empty() : OptionalLong.of(maxBytes));
  }

  private static List<String> ids(List<RunRow> rows) {
    return rows.stream().map(row -> row.runId().value()).toList();
  }
}
