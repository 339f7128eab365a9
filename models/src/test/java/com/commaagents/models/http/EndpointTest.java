package com.commaagents.models.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.Models;
import com.commaagents.models.testing.Reply;
import com.commaagents.models.testing.Requests;
import com.commaagents.models.testing.SocketServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointTest {
  private static final ModelRequest REQUEST = Requests.of(Message.user("Hello"));
  private static final String TEXT = "{\"choices\":[{\"delta\":{\"content\":\"Grüße 😀\"}}]}";
  private static final String FINISH = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";

  private final SocketServer server = new SocketServer();
  private final StreamingHttp http = new StreamingHttp();
  private final HandClock clock = new HandClock();

  EndpointTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void sendsTheKeyAndAsksForAStream() throws Exception {
    server.next(EndpointTest::answer);
    Collected.from(model(), REQUEST);
    SocketServer.Request request = server.requests().getFirst();
    assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer " + Models.KEY)
        .containsEntry("content-type", "application/json")
        .containsEntry("accept", "text/event-stream")
        .doesNotContainKey("upgrade");
  }

  @Test
  void usesAConnectionAgain() throws Exception {
    for (int i = 0; i < 3; i++) {
      server.next(EndpointTest::answer);
      Collected.from(model(), REQUEST);
    }
    server.next(reply -> reply.json(500, "{}"));
    Collected.failure(model(), REQUEST);
    server.next(EndpointTest::answer);
    Collected.from(model(), REQUEST);
    assertThat(server.requests()).hasSize(5);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void doesNotWaitForAnEndThatDoesNotCome() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    server.next(reply -> {
      reply.stream().events(FINISH, "[DONE]");
      reply.awaitClientGone();
      gone.countDown();
    });
    Collected.from(model(), REQUEST);
    await().until(() -> gone.getCount() == 0);
  }

  @Test
  void readsCharactersThatAreSplitOverPackets() throws Exception {
    byte[] event = ("data: " + TEXT + "\n\n").getBytes(StandardCharsets.UTF_8);
    server.next(reply -> {
      reply.stream();
      for (int i = 0; i < event.length; i++) {
        reply.piece(event, i, 1);
      }
      reply.events(FINISH, "[DONE]").end();
    });
    assertThat(Collected.from(model(), REQUEST).parts())
        .containsExactly(new ModelPart.Text("Grüße 😀"));
  }

  @Test
  void tellsARefusalInTheProvidersWords() throws Exception {
    assertThat(refusal(400, "{\"error\":{\"message\":\"bad model\"}}"))
        .isEqualTo("mock answered 400: bad model");
    assertThat(refusal(400, "{\"error\":\"bad  model\\n\"}"))
        .isEqualTo("mock answered 400: bad model");
    assertThat(refusal(400, "{\"detail\":\"bad model\"}"))
        .isEqualTo("mock answered 400: bad model");
    assertThat(refusal(503, " Service\n Unavailable ")).endsWith("503: Service Unavailable");
    assertThat(refusal(500, "")).isEqualTo("mock answered 500: no message");
    assertThat(refusal(401, "{\"error\":{\"message\":\"Incorrect key: " + Models.KEY + "\"}}"))
        .isEqualTo("mock answered 401: Incorrect key: *** (check the credential of mock)");
    assertThat(refusal(404, "{\"message\":\"no such model\"}"))
        .contains("404: no such model (check the model's name and the address http://127.0.0.1");
  }

  @Test
  void boundsWhatItReadsOfARefusal() throws Exception {
    assertThat(refusal(500, "x".repeat(HttpAnswer.MAX_ERROR_BYTES * 3)))
        .isEqualTo("mock answered 500: " + "x".repeat(2_000) + "…");
  }

  @Test
  void retriesWhatALaterTryMayMend() throws Exception {
    for (int status : new int[] {408, 409, 429, 500, 502, 529}) {
      assertThat(refused(status, "{}").retryable()).as("%d", status).isTrue();
      assertThat(refused(status, "{}").status()).isEqualTo(OptionalInt.of(status));
    }
    for (int status : new int[] {204, 302, 400, 401, 403, 404, 422}) {
      assertThat(refused(status, "{}").retryable()).as("%d", status).isFalse();
    }
  }

  @Test
  void doesNotRetryWhatIsUsedUp() throws Exception {
    assertThat(
            refused(429, "{\"error\":{\"message\":\"m\",\"code\":\"insufficient_quota\"}}")
                .retryable())
        .isFalse();
  }

  @Test
  void readsWhenToComeBack() throws Exception {
    assertThat(refused(429, "{}", "Retry-After: 2").retryAfter()).contains(Duration.ofSeconds(2));
    assertThat(refused(429, "{}", "Retry-After: 2", "Retry-After-Ms: 150").retryAfter())
        .contains(Duration.ofMillis(150));
    assertThat(refused(429, "{}", "Retry-After: Sun, 22 Nov 2026 10:00:30 GMT").retryAfter())
        .contains(Duration.ofSeconds(30));
    assertThat(refused(429, "{}", "Retry-After: Sun, 22 Nov 2026 09:00:00 GMT").retryAfter())
        .contains(Duration.ZERO);
    String google =
        "{\"error\":{\"message\":\"m\",\"details\":[{\"reason\":\"x\"},{\"retryDelay\":\"3.5s\"}]}}";
    assertThat(refused(429, google).retryAfter()).contains(Duration.ofMillis(3_500));
    assertThat(refused(429, "[" + google + "]").retryAfter()).contains(Duration.ofMillis(3_500));
    assertThat(refused(429, google, "Retry-After: 2").retryAfter()).contains(Duration.ofSeconds(2));
    for (String value : List.of("soon", "-1", "1e99", "NaN", "")) {
      assertThat(refused(429, "{}", "Retry-After: " + value).retryAfter())
          .as(value)
          .isEqualTo(Optional.empty());
    }
  }

  @Test
  void saysWhatCameInPlaceOfAStream() throws Exception {
    server.next(reply -> reply.json(200, "{\"message\":\"not here\"}"));
    assertThat(Collected.failure(model(), REQUEST).message())
        .isEqualTo(
            "mock sent an answer that cannot be used: it is no event stream but application/json:"
                + " not here");
  }

  @Test
  void takesAnErrorInPlaceOfAStreamForOneWithinIt() throws Exception {
    server.next(
        reply -> reply.json(200, "{\"error\":{\"code\":502,\"message\":\"provider is down\"}}"));
    ModelFailure failure = Collected.failure(model(), REQUEST);
    assertThat(failure.message())
        .isEqualTo("mock broke its answer off with an error: provider is down");
    assertThat(failure.status()).isEqualTo(OptionalInt.of(502));
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    server.refuseConnections();
    ModelFailure failure = Collected.failure(model(), REQUEST);
    assertThat(failure.message())
        .startsWith("mock could not be reached: there is no connection to http://127.0.0.1:");
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void givesASilentServerUp() throws Exception {
    try (StreamingHttp impatient =
        new StreamingHttp(Duration.ofSeconds(5), Duration.ofMillis(100))) {
      server.next(Reply::awaitClientGone);
      assertThat(Collected.failure(Models.openai(impatient, server, clock), REQUEST).message())
          .contains("nothing came from")
          .contains("in time");
      CountDownLatch gone = new CountDownLatch(1);
      server.next(reply -> {
        reply.stream().events(TEXT).awaitClientGone();
        gone.countDown();
      });
      assertThat(Collected.failure(Models.openai(impatient, server, clock), REQUEST).message())
          .contains("it sent nothing for");
      await().until(() -> gone.getCount() == 0);
    }
  }

  @Test
  void refusesToCallOnceClosed() throws Exception {
    http.close();
    assertThat(Collected.failure(model(), REQUEST).message()).contains("shutting down");
  }

  @Test
  void closesTheConnectionAtOnceWhenInterruptedBeforeTheHeaders() throws Exception {
    serverSeesTheEnd(new CountDownLatch(0), _ -> {});
  }

  @Test
  void closesTheConnectionAtOnceWhenInterruptedAfterTheHeaders() throws Exception {
    serverSeesTheEnd(new CountDownLatch(0), Reply::stream);
  }

  @Test
  void closesTheConnectionAtOnceWhenInterruptedWhileReading() throws Exception {
    serverSeesTheEnd(new CountDownLatch(1), reply -> reply.stream().events(TEXT));
  }

  // The server never ends the answer: only the client can end this.
  private void serverSeesTheEnd(CountDownLatch parts, SocketServer.Handler beginning)
      throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    server.next(reply -> {
      beginning.answer(reply);
      begun.countDown();
      reply.awaitClientGone();
      gone.countDown();
    });
    Model model = model();
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                model.generate(REQUEST, _ -> parts.countDown());
              } catch (InterruptedException cancelled) {
                interrupted.countDown();
              } catch (ModelFailure failure) {
                throw new IllegalStateException(failure);
              }
            });
    begun.await();
    parts.await();
    await()
        .until(() ->
            caller.getState() == Thread.State.WAITING
                || caller.getState() == Thread.State.TIMED_WAITING);
    caller.interrupt();
    await().until(() -> interrupted.getCount() == 0);
    await().until(() -> gone.getCount() == 0);
  }

  private static void answer(Reply reply) throws IOException {
    reply.stream().events(TEXT, FINISH, "[DONE]").end();
  }

  private String refusal(int status, String body) throws Exception {
    return refused(status, body).message();
  }

  private ModelFailure refused(int status, String body, String... headers) throws Exception {
    server.next(reply -> reply.json(status, status == 204 ? "" : body, headers));
    return Collected.failure(model(), REQUEST);
  }

  private Model model() {
    return Models.openai(http, server, clock);
  }
}
