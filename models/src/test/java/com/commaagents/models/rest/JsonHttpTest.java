package com.commaagents.models.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.commaagents.models.testing.SocketServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonHttpTest {
  private final SocketServer server = new SocketServer();
  private final JsonHttp http = new JsonHttp();

  JsonHttpTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void postsAForm() throws Exception {
    server.next(reply -> reply.json(200, "{\"a\":1}"));
    Map<String, String> form = new TreeMap<>(Map.of("a", "1&2 =", "b", "ü"));
    assertThat(http.post(url(), form).body().orElseThrow().path("a").asInt()).isEqualTo(1);
    assertThat(server.requests().getFirst().body()).isEqualTo("a=1%262+%3D&b=%C3%BC");
    assertThat(server.requests().getFirst().headers())
        .containsEntry("content-type", "application/x-www-form-urlencoded");
  }

  @Test
  void boundsAnAnswerInSize() throws Exception {
    String longest = "\"" + "x".repeat(JsonHttp.MAX_BYTES - 2) + "\"";
    server.next(reply -> reply.json(200, longest)).next(reply -> reply.json(200, longest + " "));
    assertThat(http.get(url(), Map.of()).body()).isPresent();
    assertThatThrownBy(() -> http.get(url(), Map.of()))
        .hasMessageEndingWith("failed, or its answer is too large");
  }

  @Test
  void boundsAnAnswerInTimeWhateverTrickles() throws Exception {
    server.next(reply -> reply.stream().piece(" ").awaitClientGone());
    try (JsonHttp hasty = new JsonHttp(Duration.ofMillis(200))) {
      IOException late = catchThrowableOfType(IOException.class, () -> hasty.get(url(), Map.of()));
      assertThat(late).hasMessage(url() + " did not answer within 200 ms");
    }
  }

  @Test
  void asksNothingOnceItIsClosed() {
    http.close();
    assertThatThrownBy(() -> http.get(url(), Map.of())).hasMessage("the daemon is shutting down");
  }

  private URI url() {
    return URI.create(server.baseUrl());
  }
}
