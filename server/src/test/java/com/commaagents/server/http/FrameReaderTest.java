package com.commaagents.server.http;

import static com.commaagents.server.http.RawClient.BINARY;
import static com.commaagents.server.http.RawClient.CLOSE;
import static com.commaagents.server.http.RawClient.CONTINUATION;
import static com.commaagents.server.http.RawClient.PING;
import static com.commaagents.server.http.RawClient.PONG;
import static com.commaagents.server.http.RawClient.TEXT;
import static com.commaagents.server.http.RawClient.closePayload;
import static com.commaagents.server.http.RawClient.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameReaderTest {
  private static final int MAX = 300_000;

  /// Writes down each event as one line.
  private static final class Events implements FrameSink {
    final List<String> lines = new ArrayList<>();

    @Override
    public void message(byte[] utf8) {
      lines.add("message " + new String(utf8, StandardCharsets.UTF_8));
    }

    @Override
    public void ping(byte[] payload) {
      lines.add("ping " + new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void pong() {
      lines.add("pong");
    }

    @Override
    public void closeAsked(byte[] echo) {
      lines.add("close " + Arrays.toString(echo));
    }

    @Override
    public void violation(int code, String reason) {
      lines.add("violation " + code);
    }
  }

  private static List<String> read(byte[]... pieces) {
    Events events = new Events();
    FrameReader reader = new FrameReader(MAX, events);
    for (byte[] piece : pieces) {
      reader.read(Unpooled.wrappedBuffer(piece));
    }
    return events.lines;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 65_535, 65_536, MAX})
  void readsMessagesOfEveryLengthForm(int length) {
    String text = "x".repeat(length);
    assertThat(read(frame(TEXT, true, utf8(text)))).containsExactly("message " + text);
  }

  @Test
  void takesABinaryMessageForText() {
    assertThat(read(frame(BINARY, true, utf8("{}")))).containsExactly("message {}");
  }

  @Test
  void putsFragmentsTogetherAroundControlFrames() {
    assertThat(
            read(
                frame(TEXT, false, utf8("a")),
                frame(PING, true, utf8("p")),
                frame(CONTINUATION, false, new byte[0]),
                frame(PONG, true, new byte[0]),
                frame(CONTINUATION, true, utf8("b")),
                frame(TEXT, true, utf8("c"))))
        .containsExactly("ping p", "pong", "message ab", "message c");
  }

  @Test
  void takesACharacterThatIsSplitBetweenFragments() {
    byte[] snowman = utf8("☃");
    assertThat(
            read(
                frame(TEXT, false, Arrays.copyOf(snowman, 1)),
                frame(CONTINUATION, true, Arrays.copyOfRange(snowman, 1, 3))))
        .containsExactly("message ☃");
  }

  @Test
  void refusesWhatIsNotUtf8AsSoonAsItShows() {
    assertThat(read(frame(0x01, 100, new byte[] {'a', (byte) 0xC0})))
        .containsExactly("violation 1007");
    assertThat(read(frame(BINARY, true, new byte[] {(byte) 0xFF})))
        .containsExactly("violation 1007");
  }

  @Test
  void refusesAMessageThatEndsInsideACharacter() {
    byte[] open = {'a', (byte) 0xE2, (byte) 0x98};
    assertThat(read(frame(TEXT, true, open))).containsExactly("violation 1007");
    assertThat(read(frame(TEXT, false, open), frame(CONTINUATION, true, new byte[0])))
        .containsExactly("violation 1007");
  }

  @Test
  void refusesATooLargeFrameAtItsHeader() {
    assertThat(read(Arrays.copyOf(frame(0x81, MAX + 1L, new byte[0]), 10)))
        .containsExactly("violation 1009");
    assertThat(read(frame(0x81, Long.MAX_VALUE, new byte[0]))).containsExactly("violation 1009");
  }

  @Test
  void countsFragmentsTogetherAndRefusesTheSumAtTheHeader() {
    byte[] first = frame(TEXT, false, new byte[MAX - 1]);
    assertThat(read(first, frame(CONTINUATION, true, utf8("x")))).hasSize(1);
    assertThat(read(first, frame(0x80, 2, new byte[0]))).containsExactly("violation 1009");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0x83, 0x87, 0x8B, 0x8F, 0x03, 0xC1, 0xA1, 0x91, 0xF1, 0x08, 0x09, 0x0A, 0x80})
  void refusesReservedBitsUnknownOpcodesAndMisplacedFragments(int firstByte) {
    assertThat(read(frame(firstByte, 0, new byte[0]))).containsExactly("violation 1002");
  }

  @Test
  void refusesANewMessageInsideAFragmentedOne() {
    assertThat(read(frame(TEXT, false, utf8("a")), frame(TEXT, true, utf8("b"))))
        .containsExactly("violation 1002");
  }

  @Test
  void refusesAnUnmaskedFrame() {
    assertThat(read(new byte[] {(byte) 0x81, 0x01, 'a'})).containsExactly("violation 1002");
  }

  @Test
  void takesControlFramesUpToTheirLargest() {
    assertThat(read(frame(PING, true, utf8("p".repeat(125)))))
        .containsExactly("ping " + "p".repeat(125));
    assertThat(read(frame(PING, true, utf8("p".repeat(126))))).containsExactly("violation 1002");
  }

  @Test
  void refusesLengthsInALongerFormThanNeeded() {
    byte[] twoBytes = {(byte) 0x81, (byte) 0xFE, 0, 125};
    byte[] eightBytes = {(byte) 0x81, (byte) 0xFF, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF};
    byte[] negative = {(byte) 0x81, (byte) 0xFF, (byte) 0x80, 0, 0, 0, 0, 1, 0, 0};
    assertThat(read(twoBytes)).containsExactly("violation 1002");
    assertThat(read(eightBytes)).containsExactly("violation 1002");
    assertThat(read(negative)).containsExactly("violation 1002");
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1003, 1007, 1011, 1014, 3000, 4999})
  void echoesACloseCodeThatMayBeSent(int code) {
    assertThat(read(frame(CLOSE, true, closePayload(code, "bye ☃"))))
        .containsExactly("close " + Arrays.toString(closePayload(code, "")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535})
  void refusesACloseCodeThatMayNot(int code) {
    assertThat(read(frame(CLOSE, true, closePayload(code, "")))).containsExactly("violation 1002");
  }

  @Test
  void refusesABrokenClosePayload() {
    byte[] cutReason = {0x03, (byte) 0xE8, 'a', (byte) 0xC3};
    assertThat(read(frame(CLOSE, true, new byte[1]))).containsExactly("violation 1002");
    assertThat(read(frame(CLOSE, true, cutReason))).containsExactly("violation 1007");
  }

  @Test
  void ignoresAllThatFollowsACloseFrame() {
    assertThat(
            read(
                joined(
                    frame(CLOSE, true, new byte[0]),
                    frame(TEXT, true, utf8("late")),
                    frame(0xFF, 0, new byte[0]))))
        .containsExactly("close []");
  }

  @Test
  void readsTheSameHoweverTheBytesAreCut() {
    Random random = new Random(7);
    byte[] all =
        joined(
            frame(TEXT, true, utf8("ünï☃🐘".repeat(40))),
            frame(TEXT, false, utf8("🐘".repeat(20_000))),
            frame(PING, true, utf8("ping")),
            frame(CONTINUATION, false, utf8("x".repeat(70_000))),
            frame(CONTINUATION, true, utf8("end")),
            frame(BINARY, true, utf8("binary")),
            frame(CLOSE, true, closePayload(1000, "done")));
    List<String> whole = read(all);
    for (int round = 0; round < 100; round++) {
      List<byte[]> pieces = new ArrayList<>();
      int most = 1 << random.nextInt(17);
      for (int at = 0; at < all.length; ) {
        int end = Math.min(all.length, at + 1 + random.nextInt(most));
        pieces.add(Arrays.copyOfRange(all, at, end));
        at = end;
      }
      assertThat(read(pieces.toArray(byte[][]::new))).isEqualTo(whole);
    }
  }

  @Test
  void endsOnceAndNeverThrowsWhateverItReads() {
    Random random = new Random(99);
    for (int round = 0; round < 20_000; round++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      List<String> lines = read(joined(frame(TEXT, true, utf8("a")), noise, noise));
      assertThat(lines).first().isEqualTo("message a");
      assertThat(lines.stream().filter(l -> l.startsWith("violation") || l.startsWith("close")))
          .hasSizeLessThanOrEqualTo(1);
    }
  }
}
