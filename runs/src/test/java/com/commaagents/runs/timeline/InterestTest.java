package com.commaagents.runs.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterestTest {
  @Test
  void theHistoryIsTheSameWithoutWhatDoesNotMatterToIt() {
    List<TimelineEntry> all = new ArrayList<>(TimelineSamples.all().values());
    HistoryBuilder whole = new HistoryBuilder();
    HistoryBuilder part = new HistoryBuilder();
    int passedOver = 0;
    for (TimelineEntry entry : all) {
      whole.step(entry);
      if (Interest.HISTORY.mayMatter(TimelineJson.line(entry))) {
        part.step(entry);
      } else {
        passedOver++;
      }
    }
    assertThat(part.build()).isEqualTo(whole.build());
    assertThat(passedOver).isGreaterThan(10);
  }

  @Test
  void readsWhatItCannotJudge() {
    for (String line :
        List.of("", "{", "{\"ts\":1,\"type\":\"tool_call\"}", "{\"type\":\"tool_call")) {
      assertThat(Interest.HISTORY.mayMatter(line.getBytes(StandardCharsets.UTF_8))).isTrue();
    }
    assertThat(
            Interest.EVERYTHING.mayMatter(
                "{\"type\":\"tool_call\"}".getBytes(StandardCharsets.UTF_8)))
        .isTrue();
  }
}
