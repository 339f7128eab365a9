package com.commaagents.base.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunIdTest {
  @Test
  void takesWhatIsSafeAsAFileName() {
    List<String> valid = List.of("a", "0", "a.b_c:d-e", "x".repeat(RunId.MAX_LENGTH));
    assertThat(valid).allSatisfy(text -> assertThat(RunId.parse(text)).contains(new RunId(text)));
  }

  @Test
  void refusesEverythingElse() {
    List<String> invalid =
        List.of(
            "",
            ".",
            "..",
            "a..b",
            "/a",
            "a/b",
            "a\\b",
            "-a",
            ".a",
            "a b",
            "a\n",
            "ä",
            "a\0",
            "x".repeat(RunId.MAX_LENGTH + 1));
    assertThat(invalid).allSatisfy(text -> assertThat(RunId.parse(text)).isEmpty());
    assertThatThrownBy(() -> new RunId("../etc")).isInstanceOf(IllegalArgumentException.class);
  }
}
