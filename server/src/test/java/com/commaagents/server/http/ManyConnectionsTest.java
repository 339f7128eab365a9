package com.commaagents.server.http;

import static com.commaagents.server.http.TestServer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.task.TaskScope;
import com.commaagents.server.http.RawClient.Frame;
import com.commaagents.server.http.TestServer.Peer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ManyConnectionsTest {
  @Test
  void keepsTheOrderOfEachOfSeveralSenders() throws Exception {
    int each = 10_000;
    try (TestServer server = new TestServer();
        RawClient client = RawClient.upgraded(server.port())) {
      Peer peer = server.nextPeer();
      List<Callable<Map<String, Integer>>> tasks = new ArrayList<>();
      for (String sender : List.of("a", "b", "c", "d")) {
        tasks.add(() -> {
          for (int i = 0; i < each; i++) {
            peer.connection.send(message(sender + i));
          }
          return Map.of();
        });
      }
      tasks.add(() -> readNumbered(client, 4 * each));
      assertThat(TaskScope.all("sender", tasks).getLast())
          .isEqualTo(Map.of("a", each, "b", each, "c", each, "d", each));
    }
  }

  private static Map<String, Integer> readNumbered(RawClient client, int count) throws IOException {
    Map<String, Integer> next = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String text = client.readFrame().text();
      int number = next.merge(text.substring(0, 1), 1, Integer::sum) - 1;
      assertThat(text.substring(1)).isEqualTo(String.valueOf(number));
    }
    return next;
  }

  @Test
  void opensAndClosesAThousandConnectionsAndKeepsNoThread() throws Exception {
    int connections = 1000;
    try (TestServer server = new TestServer()) {
      List<RawClient> clients = new ArrayList<>();
      List<Peer> peers = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        clients.add(RawClient.upgraded(server.port()));
        peers.add(server.nextPeer());
      }
      int threads = Thread.activeCount();
      for (RawClient client : clients) {
        client.text("echo:here");
      }
      for (RawClient client : clients) {
        assertThat(client.readFrame()).isEqualTo(Frame.text("here"));
      }
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
      for (RawClient client : clients) {
        client.close();
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> peers.stream().allMatch(p -> p.closed.get() == 1));
    }
    await().until(() -> threadsOfTheServer() == 0);
  }

  private static long threadsOfTheServer() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("http-"))
        .count();
  }

  @Test
  void closesEveryConnectionWith1001WhenItGoesDown() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    TestServer server = new TestServer();
    for (int i = 0; i < 50; i++) {
      clients.add(RawClient.upgraded(server.port()));
      peers.add(server.nextPeer());
      peers.getLast().connection.send(message("last"));
    }
    RawClient idle = new RawClient(server.port());
    idle.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(idle.readReply().status()).isEqualTo(200);
    server.close();
    assertThat(peers).allMatch(p -> p.closed.get() == 1);
    for (RawClient client : clients) {
      assertThat(client.readFrame()).isEqualTo(Frame.text("last"));
      assertThat(client.readFrame().closeCode()).isEqualTo(1001);
      assertThat(client.readsEnd()).isTrue();
      client.close();
    }
    assertThat(idle.readsEnd()).isTrue();
    idle.close();
  }

  @Test
  void interruptsAListenerThatHoldsUpTheEnd() throws Exception {
    TestServer server = new TestServer();
    try (RawClient client = RawClient.upgraded(server.port())) {
      Peer peer = server.nextPeer();
      client.text("wait");
      peer.awaitHeard("wait");
      server.close();
      assertThat(peer.closed).hasValue(1);
    }
  }

  @Test
  void speaksWithAnIndependentClient() throws Exception {
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (TestServer server = new TestServer();
        HttpClient http = HttpClient.newHttpClient()) {
      WebSocket client =
          http.newWebSocketBuilder()
              .buildAsync(
                  URI.create("ws://localhost:" + server.port() + "/ws"), new Listener(heard))
              .join();
      client.sendText("echo:☃", false).join();
      client.sendText("🐘", true).join();
      client.sendPing(java.nio.ByteBuffer.wrap(new byte[] {'p'})).join();
      assertThat(List.of(next(heard), next(heard))).containsExactlyInAnyOrder("☃🐘", "pong p");
      Peer peer = server.nextPeer();
      String large = "x".repeat(3 << 20);
      peer.connection.send(message(large));
      StringBuilder all = new StringBuilder();
      while (all.length() < large.length()) {
        all.append(next(heard));
      }
      assertThat(all).hasToString(large);
      peer.connection.close(1000, "done");
      assertThat(next(heard)).isEqualTo("close 1000 done");
      peer.awaitClosed();
    }
  }

  private static String next(LinkedBlockingQueue<String> heard) throws InterruptedException {
    String text = heard.poll(20, TimeUnit.SECONDS);
    return text == null ? "nothing came" : text;
  }

  private record Listener(LinkedBlockingQueue<String> heard) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      heard.add(data.toString());
      return WebSocket.Listener.super.onText(socket, data, last);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, java.nio.ByteBuffer message) {
      heard.add("pong " + (char) message.get());
      return WebSocket.Listener.super.onPong(socket, message);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("close " + code + " " + reason);
      return WebSocket.Listener.super.onClose(socket, code, reason);
    }
  }
}
