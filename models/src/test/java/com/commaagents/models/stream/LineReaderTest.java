package com.commaagents.models.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void readsLinesHoweverTheyArrive() throws Exception {
    String stream = "{\"a\":\"Grüß\"}\r\n\n  \n{\"b\":2}\n{\"c\":3}";
    for (int size : new int[] {1, 2, 3, 7, 1_000}) {
      assertThat(lines(Pieces.of(stream, size), 100))
          .containsExactly("{\"a\":\"Grüß\"}\r", "{\"b\":2}", "{\"c\":3}");
    }
    assertThat(lines(Pieces.of("", 1), 100)).isEmpty();
    assertThat(lines(Pieces.of("\n\n", 1), 100)).isEmpty();
  }

  @Test
  void keepsItsPlaceWhenItsWindowMoves() throws Exception {
    StringBuilder stream = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      expected.add("{\"line\":" + i + "}");
      stream.append(expected.getLast()).append('\n');
    }
    assertThat(lines(Pieces.of(stream.toString(), 777), 1 << 20)).isEqualTo(expected);
  }

  @Test
  void boundsALine() throws Exception {
    String atLimit = "x".repeat(EventReader.MAX_EVENT_BYTES - 1);
    assertThat(lines(Pieces.of(atLimit + "\n", 1 << 20), EventReader.MAX_EVENT_BYTES))
        .containsExactly(atLimit);
    assertThatThrownBy(
            () -> lines(Pieces.of(atLimit + "yz\n", 1 << 20), EventReader.MAX_EVENT_BYTES))
        .isInstanceOf(EventTooLargeException.class);
  }

  private static List<String> lines(ByteSource source, int maxBytes) throws Exception {
    LineReader reader = new LineReader(source, maxBytes);
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      lines.add(
          new String(reader.bytes(), reader.offset(), reader.length(), StandardCharsets.UTF_8));
    }
    return lines;
  }
}
