package com.commaagents.models.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

class AwsEventReaderTest {
  @Test
  void readsFramesHoweverTheyArrive() throws Exception {
    byte[] stream =
        joined(
            frame("event", ":event-type", "contentBlockDelta", "{\"delta\":{\"text\":\"Grüß\"}}"),
            frame("event", ":event-type", "metadata", ""),
            frame("exception", ":exception-type", "throttlingException", "{\"message\":\"m\"}"),
            frame("error", ":error-code", "InternalError", "{}"));
    for (int size : new int[] {1, 5, 16, 10_000}) {
      assertThat(events(stream, size))
          .containsExactly(
              "{\"contentBlockDelta\":{\"delta\":{\"text\":\"Grüß\"}}}",
              "{\"metadata\":{}}",
              "{\"throttlingException\":{\"message\":\"m\"}}",
              "{\"InternalError\":{}}");
    }
  }

  @Test
  void keepsItsPlaceWhenItsWindowMoves() throws Exception {
    byte[] one = frame("event", ":event-type", "metadata", "{\"n\":12345}");
    byte[] stream = new byte[one.length * 2_000];
    for (int i = 0; i < 2_000; i++) {
      System.arraycopy(one, 0, stream, i * one.length, one.length);
    }
    assertThat(events(stream, 777)).hasSize(2_000).containsOnly("{\"metadata\":{\"n\":12345}}");
  }

  @Test
  void takesNoFrameOfWhichABitHasChanged() throws Exception {
    byte[] frame = frame("event", ":event-type", "messageStop", "{\"stopReason\":\"end_turn\"}");
    for (int bit = 0; bit < frame.length * 8; bit++) {
      byte[] changed = frame.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> events(changed, 1_000)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void takesNoFrameThatIsCut() throws Exception {
    byte[] frame = frame("event", ":event-type", "messageStop", "{}");
    for (int length = 1; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> events(cut, 1_000))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("closed within an event");
    }
    assertThat(events(new byte[0], 1)).isEmpty();
  }

  // Both from the published test vectors of the encoding.
  @Test
  void refusesWhatIsNoEvent() throws Exception {
    for (String vector :
        List.of(
            "000000100000000005c248eb7d98c8ff",
            "0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a73"
                + "6f6e7b27666f6f273a27626172277d8d9c08b1")) {
      byte[] bytes = HexFormat.of().parseHex(vector);
      assertThatThrownBy(() -> events(bytes, 1_000)).hasMessageContaining("is damaged");
    }
    ByteArrayOutputStream noText = new ByteArrayOutputStream();
    new Message(Map.of(":message-type", HeaderValue.fromInteger(7)), new byte[0]).encode(noText);
    assertThatThrownBy(() -> events(noText.toByteArray(), 1_000))
        .hasMessageContaining("is damaged");
    byte[] injecting = frame("event", ":event-type", "a\":1,\"b", "{}");
    assertThatThrownBy(() -> events(injecting, 1_000)).hasMessageContaining("is damaged");
  }

  @Test
  void boundsAFrame() throws Exception {
    int around = frame("event", ":event-type", "x", "").length;
    String atLimit = "x".repeat(EventReader.MAX_EVENT_BYTES - around);
    assertThat(events(frame("event", ":event-type", "x", atLimit), 1 << 20))
        .containsExactly("{\"x\":" + atLimit + "}");
    byte[] above = frame("event", ":event-type", "x", atLimit + "x");
    assertThatThrownBy(() -> events(above, 1 << 20)).isInstanceOf(EventTooLargeException.class);
  }

  private static byte[] frame(String kind, String typeHeader, String type, String payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Message(
            Map.of(
                ":message-type",
                HeaderValue.fromString(kind),
                typeHeader,
                HeaderValue.fromString(type)),
            payload.getBytes(StandardCharsets.UTF_8))
        .encode(out);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(frames).forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static List<String> events(byte[] stream, int size) throws Exception {
    EventReader reader = Framing.AWS_EVENTS.reader(Pieces.of(stream, size));
    List<String> events = new ArrayList<>();
    while (reader.next()) {
      events.add(
          new String(reader.bytes(), reader.offset(), reader.length(), StandardCharsets.UTF_8));
    }
    return events;
  }
}
