package com.commaagents.models.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.model.ModelFacts;
import com.commaagents.models.http.Secrets;
import com.commaagents.models.listing.LiveModels.Answer;
import com.commaagents.models.rest.JsonHttp;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.SocketServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveModelsTest {
  private static final String KEY = "marker-of-a-key";
  private static final String LIST = "{\"data\":[{\"id\":\"m\"}]}";

  private final HandClock clock = new HandClock();
  private final JsonHttp http = new JsonHttp();
  private final LiveModels live = new LiveModels(http, clock);
  private final SocketServer server = new SocketServer();

  LiveModelsTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void asksOnceInAWhile() throws Exception {
    server.next(reply -> reply.json(200, LIST)).next(reply -> reply.json(200, LIST));
    Answer first = new Answer.Models(List.of(ModelFacts.unknown("m")), HandClock.START);
    assertThat(live.of(list(KEY))).isEqualTo(first);
    clock.sleep(LiveModels.HELD.minusMillis(1));
    assertThat(live.of(list(KEY))).isEqualTo(first);
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().getFirst().line()).startsWith("GET /v1/models ");
    assertThat(server.requests().getFirst().headers())
        .containsEntry("authorization", "Bearer " + KEY);
    clock.sleep(LiveModels.HELD);
    assertThat(live.of(list(KEY)).at()).isEqualTo(clock.now());
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void tellsNobodyOfTheModelsOfAnothersKey() throws Exception {
    server.next(reply -> reply.json(200, LIST)).next(reply -> reply.json(200, "{\"data\":[]}"));
    assertThat(live.of(list("one-key"))).isInstanceOf(Answer.Models.class);
    assertThat(live.of(list("another-key")))
        .isEqualTo(new Answer.Models(List.of(), HandClock.START));
  }

  @Test
  void saysWhyThereIsNoListButNeverTheKey() throws Exception {
    server
        .next(reply -> reply.json(401, "{\"error\":{\"message\":\"bad key " + KEY + "\"}}"))
        .next(reply -> reply.json(200, "<html>" + KEY))
        .next(reply -> reply.json(302, "", "Location: " + KEY))
        .next(reply -> reply.json(500, "{\"error\":\"" + KEY + "y".repeat(400) + "\"}"))
        .next(reply -> reply.cut());
    assertThat(reason())
        .isEqualTo(
            "p did not list its models: it answered 401: bad key *** (check its credential)");
    assertThat(reason()).isEqualTo("p did not list its models: its answer is no list of models");
    assertThat(reason()).isEqualTo("p did not list its models: it answered 302");
    assertThat(reason())
        .startsWith("p did not list its models: it answered 500: ***yyy")
        .hasSize(LiveModels.MAX_MESSAGE + 1);
    assertThat(reason()).contains("the connection to " + server.baseUrl() + "/models failed");
    server.close();
    assertThat(reason()).contains("there is no connection to " + server.baseUrl() + "/models");
    assertThat(list(KEY).toString()).doesNotContain(KEY);
  }

  @Test
  void sendsNoHeaderThatIsNone() throws Exception {
    for (Map<String, String> headers :
        List.of(Map.of("authorization", KEY + "\n"), Map.of("host", KEY), Map.of("a b", KEY))) {
      ModelList list =
          new ModelList("p", URI.create(server.baseUrl()), headers, new Secrets(List.of(KEY)));
      assertThat(live.of(list))
          .isEqualTo(
              new Answer.Failed(
                  "p did not list its models: the credential cannot be sent as a header of HTTP",
                  HandClock.START));
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void holdsOnlySoManyAnswers() throws Exception {
    for (int i = 0; i <= LiveModels.MAX_HELD; i++) {
      server.next(reply -> reply.json(200, LIST));
      assertThat(live.of(list("key-" + i))).isInstanceOf(Answer.Models.class);
    }
    server.next(reply -> reply.json(200, LIST));
    assertThat(live.of(list("key-1"))).isInstanceOf(Answer.Models.class);
    assertThat(server.requests()).hasSize(LiveModels.MAX_HELD + 1);
    assertThat(live.of(list("key-0"))).isInstanceOf(Answer.Models.class);
    assertThat(server.requests()).hasSize(LiveModels.MAX_HELD + 2);
  }

  private String reason() throws InterruptedException {
    clock.sleep(LiveModels.HELD);
    return ((Answer.Failed) live.of(list(KEY))).reason();
  }

  private ModelList list(String key) {
    return new ModelList(
        "p",
        URI.create(server.baseUrl() + "/models"),
        Map.of("authorization", "Bearer " + key),
        new Secrets(List.of(key)));
  }
}
