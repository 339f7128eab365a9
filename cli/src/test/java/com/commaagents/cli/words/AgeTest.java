package com.commaagents.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgeTest {
  @ParameterizedTest
  @CsvSource({"PT-5S,0 s", "PT59S,59 s", "PT60S,1 min", "PT23H59M,23 h", "PT24H,1 d", "P45D,45 d"})
  void isShownInOneUnit(Duration age, String shown) {
    assertThat(Age.shown(age)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0d,PT0S", "90m,PT90M", "12h,PT12H", "30d,P30D", "2w,P14D"})
  void isReadAsPeopleWriteIt(String typed, Duration age) {
    assertThat(Age.read(typed)).contains(age);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "30 d", "-1d", "1y", "1.5d", "1000000d"})
  void isNotReadOutOfAnythingElse(String typed) {
    assertThat(Age.read(typed)).isEmpty();
  }
}
