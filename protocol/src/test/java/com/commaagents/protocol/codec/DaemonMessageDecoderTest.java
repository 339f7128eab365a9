package com.commaagents.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.commaagents.protocol.codec.Received.Malformed;
import com.commaagents.protocol.message.DaemonMessage.RequestQuestion;
import com.commaagents.protocol.message.EventHeader;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DaemonMessageDecoderTest {
  @Test
  void takesATypeItDoesNotKnowAsAValue() {
    String json = "{\"type\":\"later\",\"x\":1}";
    assertThat(DaemonMessageDecoder.decode(json))
        .isEqualTo(new Received.Unknown("later", Golden.tree(json)));
  }

  @Test
  void saysWhatIsWrongWithAMessage() {
    assertThat(DaemonMessageDecoder.decode("{")).isEqualTo(new Malformed("Invalid JSON"));
    assertThat(DaemonMessageDecoder.decode("{}"))
        .isEqualTo(new Malformed("Invalid message: type: Required"));
    assertThat(DaemonMessageDecoder.decode("{\"type\":\"pong\",\"ts\":\"yesterday\"}"))
        .isEqualTo(
            new Malformed(
                "Invalid message: ts: Expected ISO-8601 UTC instant, received 'yesterday'"));
    assertThat(
            DaemonMessageDecoder.decode(
                "{\"type\":\"agent_streaming\",\"runId\":\"r\",\"agentName\":\"a\",\"seq\":0,"
                    + "\"event\":{\"type\":\"text\"},\"ts\":\"2026-11-22T06:36:14.918Z\"}"))
        .isEqualTo(
            new Malformed(
                "Invalid message: event.text: Required; seq: Expected integer of at least 1,"
                    + " received 0"));
  }

  @Test
  void refusesAnEventNumberBelowOneAndAnEchoWhereARequestHasItsOwnId() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new EventHeader(
                "r", OptionalLong.of(0), Optional.empty(), EventSamples.TS, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RequestQuestion(EventSamples.FULL, "q", "a", "ask", "Which?"));
  }
}
