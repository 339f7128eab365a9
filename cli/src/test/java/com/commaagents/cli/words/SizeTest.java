package com.commaagents.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {
  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "1023,1023 B",
    "1024,1.0 KiB",
    "1536,1.5 KiB",
    "1048575,1.0 MiB",
    "3221225472,3.0 GiB",
  })
  void isShownInTheUnitThatFits(long bytes, String shown) {
    assertThat(Size.shown(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "12,12",
    "12B,12",
    "2KiB,2048",
    "1.5 MiB,1572864",
    "2G,2147483648",
    "1TB,1099511627776"
  })
  void isReadAsPeopleWriteIt(String typed, long bytes) {
    assertThat(Size.read(typed)).isEqualTo(OptionalLong.of(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "2Gi", "x", "1e3", "1,5MiB", "999999999999TiB", "2 gib"})
  void isNotReadOutOfAnythingElse(String typed) {
    assertThat(Size.read(typed)).isEmpty();
  }
}
