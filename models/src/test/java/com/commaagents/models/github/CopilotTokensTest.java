package com.commaagents.models.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.model.ModelFailure;
import com.commaagents.models.http.FetchedToken;
import com.commaagents.models.http.StreamingHttp;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.SocketServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CopilotTokensTest {
  private static final URI ANY = URI.create("http://h");

  private final SocketServer server = new SocketServer();
  private final StreamingHttp http = new StreamingHttp();
  private final HandClock clock = new HandClock();

  CopilotTokensTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void exchangesAGitHubTokenOnceForAsLongAsItLasts() throws Exception {
    FetchedToken access =
        new FetchedToken(tokens(), Map.of("x-org", "o"), List.of("ghu_secret"), clock);
    expectToken("tid=first", 600);
    for (int i = 0; i < 3; i++) {
      assertThat(access.headers(ANY, new byte[0]))
          .isEqualTo(Map.of("authorization", "Bearer tid=first", "x-org", "o"));
    }
    clock.sleep(Duration.ofSeconds(539));
    access.headers(ANY, new byte[0]);
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().getFirst().line()).startsWith("GET /v1/token ");
    assertThat(server.requests().getFirst().headers())
        .containsEntry("authorization", "token ghu_secret");
    clock.sleep(Duration.ofSeconds(1));
    expectToken("tid=second", 2_000);
    assertThat(access.headers(ANY, new byte[0]))
        .containsEntry("authorization", "Bearer tid=second");
    assertThat(access.secrets().mask("ghu_secret tid=second")).isEqualTo("*** ***");
  }

  @Test
  void tellsARefusalWithoutTheToken() {
    server.next(reply -> reply.json(401, "{\"message\":\"Bad credentials: ghu_secret\"}"));
    ModelFailure failure =
        Assertions.catchThrowableOfType(ModelFailure.class, () -> tokens().fetch());
    assertThat(failure.message())
        .isEqualTo(
            "github-copilot answered 401: Bad credentials: *** (check the credential of"
                + " github-copilot)");
    server.next(reply -> reply.json(200, "{}"));
    failure = Assertions.catchThrowableOfType(ModelFailure.class, () -> tokens().fetch());
    assertThat(failure.message()).contains("gave no token for GitHub Copilot");
  }

  @Test
  void saysWhenNobodyListens() throws Exception {
    server.close();
    ModelFailure failure =
        Assertions.catchThrowableOfType(ModelFailure.class, () -> tokens().fetch());
    assertThat(failure.message()).startsWith("github-copilot could not be reached");
    assertThat(failure.retryable()).isTrue();
  }

  private void expectToken(String token, long secondsFromStart) {
    long expiresAt = HandClock.START.plusSeconds(secondsFromStart).getEpochSecond();
    server.next(
        reply -> reply.json(200, "{\"token\":\"" + token + "\",\"expires_at\":" + expiresAt + "}"));
  }

  private CopilotTokens tokens() {
    URI url = URI.create(server.baseUrl() + "/token");
    return new CopilotTokens(http, "github-copilot", url, "ghu_secret", clock);
  }
}
