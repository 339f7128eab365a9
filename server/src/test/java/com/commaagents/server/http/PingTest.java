package com.commaagents.server.http;

import static com.commaagents.server.http.RawClient.PING;
import static com.commaagents.server.http.TestServer.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.server.http.RawClient.Frame;
import com.commaagents.server.http.TestServer.Peer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PingTest {
  @Test
  void pingsASilentClientAndNeverDropsItForNotAnswering() throws IOException, InterruptedException {
    HttpLimits eager =
        new HttpLimits(1000, 1 << 20, 10, Duration.ofMillis(20), Duration.ofSeconds(10));
    try (TestServer pinging = new TestServer(eager);
        RawClient listener = RawClient.upgraded(pinging.port())) {
      for (int i = 0; i < 20; i++) {
        assertThat(listener.readFrame()).isEqualTo(new Frame(PING, true, ""));
      }
      Peer listening = pinging.nextPeer();
      listening.connection.send(message("still there"));
      Frame frame = listener.readFrame();
      while (frame.opcode() == PING) {
        frame = listener.readFrame();
      }
      assertThat(frame).isEqualTo(Frame.text("still there"));
    }
  }
}
