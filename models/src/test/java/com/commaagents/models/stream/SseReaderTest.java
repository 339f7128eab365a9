package com.commaagents.models.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SseReaderTest {
  @Test
  void readsTheDataOfEachEvent() throws Exception {
    assertThat(events("data: one\n\ndata: two\n\n")).containsExactly("one", "two");
  }

  @Test
  void takesEveryKindOfLineEnd() throws Exception {
    assertThat(events("data: a\r\rdata: b\r\n\r\ndata: c\n\r\ndata: d\n\n"))
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void joinsDataOfSeveralLines() throws Exception {
    assertThat(events("data: one\ndata\ndata:two\ndata:  three\n\n"))
        .containsExactly("one\n\ntwo\n three");
  }

  @Test
  void skipsCommentsAndOtherFields() throws Exception {
    assertThat(events(": hi\n\nevent: x\nid: 1\nretry: 5\ndata: a\n: there\ndatabase: no\n\n"))
        .containsExactly("a");
  }

  @Test
  void skipsAByteOrderMark() throws Exception {
    assertThat(events("\uFEFFdata: a\n\n")).containsExactly("a");
  }

  @Test
  void handsOverAnEventWithEmptyData() throws Exception {
    assertThat(events("data:\n\ndata\n\n")).containsExactly("", "");
  }

  @Test
  void dropsAnEventThatHasNoEnd() throws Exception {
    assertThat(events("data: a\n\ndata: b\n")).containsExactly("a");
    assertThat(events("data: a\n\ndata: b")).containsExactly("a");
  }

  @Test
  void handsAnEventOverBeforeTheNextByteComes() throws Exception {
    byte[] bytes = "data: a\r\r".getBytes(StandardCharsets.UTF_8);
    SseReader reader =
        new SseReader(
            new ByteSource() {
              private boolean given;

              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                if (given) {
                  throw new IOException("nothing more may be asked for");
                }
                given = true;
                System.arraycopy(bytes, 0, into, offset, bytes.length);
                return bytes.length;
              }
            });
    assertThat(reader.next()).isTrue();
  }

  @Test
  void takesAnEventOfTheLimitAndRefusesOneBeyond() throws Exception {
    String atLimit = "data: " + "x".repeat(92) + "\n\n";
    assertThat(atLimit).hasSize(100);
    assertThat(events(pieces(atLimit + atLimit, 7), 100))
        .containsExactly("x".repeat(92), "x".repeat(92));
    assertThatThrownBy(() -> events(pieces("data: " + "x".repeat(93) + "\n\n", 7), 100))
        .isInstanceOf(EventTooLargeException.class)
        .hasMessageContaining("100 bytes");
  }

  @Test
  void boundsALineThatNeverEnds() {
    assertThatThrownBy(() -> events(pieces(": " + "x".repeat(300), 50), 100))
        .isInstanceOf(EventTooLargeException.class);
  }

  @Test
  void readsTheSameHoweverTheBytesAreSplit() throws Exception {
    String[] bits = {
      "data: ",
      "data",
      "é",
      "日本",
      "😀",
      "\n",
      "\r",
      "\r\n",
      "\n\n",
      ": c",
      "event: x",
      "a b",
      ":",
      " "
    };
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      StringBuilder stream = new StringBuilder();
      for (int i = random.nextInt(60); i >= 0; i--) {
        stream.append(bits[random.nextInt(bits.length)]);
      }
      assertThat(events(pieces(stream.toString(), random), 64 << 10))
          .as("seed %d", seed)
          .isEqualTo(reference(stream.toString()));
    }
  }

  // The standard's own words, on the whole text at once.
  private static List<String> reference(String stream) {
    List<String> events = new ArrayList<>();
    List<String> data = new ArrayList<>();
    String text = stream.replace("\r\n", "\n").replace('\r', '\n');
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      String line = text.substring(from, end);
      from = end + 1;
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          events.add(String.join("\n", data));
        }
        data.clear();
      } else if (line.equals("data")) {
        data.add("");
      } else if (line.startsWith("data:")) {
        String value = line.substring(5);
        data.add(value.startsWith(" ") ? value.substring(1) : value);
      }
    }
    return events;
  }

  private static List<String> events(String stream) throws Exception {
    return events(pieces(stream, 1_000_000), EventReader.MAX_EVENT_BYTES);
  }

  private static List<String> events(List<byte[]> pieces, int maxEventBytes) throws Exception {
    SseReader reader = new SseReader(new Pieces(pieces), maxEventBytes);
    List<String> events = new ArrayList<>();
    while (reader.next()) {
      events.add(
          new String(reader.bytes(), reader.offset(), reader.length(), StandardCharsets.UTF_8));
    }
    return events;
  }

  private static List<byte[]> pieces(String text, int size) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += size) {
      pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    return pieces;
  }

  private static List<byte[]> pieces(String text, Random random) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<byte[]> pieces = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(5));
      pieces.add(Arrays.copyOfRange(bytes, at, end));
      at = end;
    }
    return pieces;
  }
}
