package com.commaagents.base.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RawJsonTest {
  private static final RawJson WHOLE = raw("{\"a\":[1,2]}");
  private static final RawJson PIECES =
      RawJson.trusted(
          List.of(
              raw("{\"a\":"),
              RawJson.trusted(List.of(raw("[1"), RawJson.trusted("x,2]x".getBytes(UTF_8), 1, 3))),
              raw("}")));

  @Test
  void isTheSameInOnePieceAndInSeveral() throws IOException {
    assertThat(PIECES).isEqualTo(WHOLE).hasSameHashCodeAs(WHOLE).hasToString("{\"a\":[1,2]}");
    assertThat(PIECES.length()).isEqualTo(WHOLE.length());
    assertThat(PIECES.read()).isEqualTo(WHOLE.read());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PIECES.writeTo(out);
    assertThat(out).hasToString("{\"a\":[1,2]}");
  }

  @Test
  void isCopiedToWhereItBelongs() {
    byte[] into = "<           >".getBytes(UTF_8);
    assertThat(PIECES.copyTo(into, 1)).isEqualTo(12);
    assertThat(new String(into, UTF_8)).isEqualTo("<{\"a\":[1,2]}>");
  }

  @Test
  void differsByItsBytesOnly() {
    assertThat(raw("1")).isNotEqualTo(raw("2")).isNotEqualTo(raw("11")).isNotEqualTo("1");
    assertThat(RawJson.trusted(List.of(raw("1"), raw("1")))).isEqualTo(raw("11"));
  }

  private static RawJson raw(String text) {
    return RawJson.trusted(text.getBytes(UTF_8));
  }
}
