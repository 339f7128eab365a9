package com.commaagents.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.cli.config.DaemonSettings;
import com.commaagents.cli.testing.FakeDaemon;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class DaemonLinkTest {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private final DaemonLink.Listener listener =
      new DaemonLink.Listener() {
        @Override
        public void said(JsonNode message) {
          heard.add(Json.write(message));
        }

        @Override
        public void ended(String reason) {
          heard.add(reason);
        }
      };

  @Test
  void putsFragmentsTogetherAlsoWithACharacterCutInTwo() throws Exception {
    String message = "{\"text\":\"größer 😀\"}";
    int afterHalfTheUmlaut = "{\"text\":\"gr".getBytes(StandardCharsets.UTF_8).length + 1;
    try (FakeDaemon daemon =
            new FakeDaemon(
                0, (_, connection) -> connection.sendInFragments(message, afterHalfTheUmlaut));
        DaemonLink link = DaemonLink.connect(address(daemon.port()), Optional.empty(), listener)) {
      link.send(Json.object().put("type", "ping"));
      assertThat(heard.take()).isEqualTo(message);
      assertThat(daemon.received().take()).isEqualTo(Json.object().put("type", "ping"));
    }
  }

  @Test
  void leavesOutWhatIsNoJson() throws Exception {
    try (FakeDaemon daemon =
            new FakeDaemon(
                0,
                (_, connection) -> {
                  connection.send("not json");
                  connection.send("{}");
                  connection.close(1013);
                });
        DaemonLink link = DaemonLink.connect(address(daemon.port()), Optional.empty(), listener)) {
      link.send(Json.object());
      assertThat(heard.take()).isEqualTo("{}");
      assertThat(heard.take()).isEqualTo("The daemon closed the connection (1013, \"\").");
    }
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> DaemonLink.connect(address(port), Optional.empty(), listener))
        .isInstanceOf(Fault.class)
        .hasMessage("No daemon listens at ws://127.0.0.1:" + port + "/ws.");
  }

  private static URI address(int port) {
    return DaemonSettings.localAddress("ws", "127.0.0.1", port, "/ws");
  }
}
