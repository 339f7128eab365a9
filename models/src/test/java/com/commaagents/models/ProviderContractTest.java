package com.commaagents.models;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.ConversationJson;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Part.OutputKind;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.models.contract.Ability;
import com.commaagents.models.contract.Answers;
import com.commaagents.models.contract.Place;
import com.commaagents.models.contract.Places;
import com.commaagents.models.http.StreamingHttp;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.Models;
import com.commaagents.models.testing.Requests;
import com.commaagents.models.testing.SocketServer;
import com.commaagents.strategy.definition.AgentDefinition.ModelOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What every provider that is called must do, on the wire: [ModelContractTest] is the rest.
///
/// What a provider is sent is compared as a whole with its golden file.
@ParameterizedClass
@MethodSource("places")
class ProviderContractTest {
  private static final Duration SOON = Duration.ofMillis(50);

  /// With a stalled stream; long enough that a busy machine has sent its beginning.
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final int TRIES = 5;
  private static final JsonNode SCHEMA =
      json(
          "{'type':'object','properties':{'name':{'type':'string'}},'required':['name'],"
              + "'additionalProperties':false}");
  private static final ModelOptions ALL_OPTIONS =
      new ModelOptions(
          OptionalDouble.of(0.5),
          OptionalDouble.of(0.9),
          OptionalInt.of(40),
          OptionalInt.of(1000),
          OptionalInt.of(9),
          OptionalDouble.of(0.1),
          OptionalDouble.of(0.2),
          OptionalLong.of(42));

  private final Place place;
  private Path folder;
  private CalledSubject subject;

  ProviderContractTest(Place place, @TempDir Path folder) {
    this.place = place;
    this.folder = folder;
  }

  static Stream<Named<Place>> places() {
    return Places.all().stream().map(place -> Named.of(place.name(), place));
  }

  @BeforeEach
  void open() throws IOException {
    subject = new CalledSubject(place, folder);
  }

  @AfterEach
  void close() throws IOException {
    subject.close();
  }

  @Test
  void isSentEverythingItCanTake() throws Exception {
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.of("You write."),
            List.of(Message.user("Read it."), Message.user("Please.")),
            place.can(Ability.TOOLS) ? List.of(Requests.readFile()) : List.of(),
            ALL_OPTIONS,
            Requests.options(place.providerOptions()),
            Optional.empty());
    subject.answers(Answers.TEXT);
    Collected.from(subject.model(), request);
    SocketServer.Request sent = subject.server().requests().getLast();
    assertThat(sent.line()).isEqualTo(place.line());
    assertThat(sent.headers())
        .containsAllEntriesOf(place.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("accept", mediaType());
    assertThat(body(sent)).isEqualTo(golden("whole"));
  }

  @Test
  void getsItsThinkingAndTheResultsOfItsToolsBack() throws Exception {
    List<ModelPart> parts =
        Collected.from(subject.answers(Answers.CALLS), Requests.of(Message.user("Read it.")))
            .parts();
    List<Message> messages = new ArrayList<>();
    messages.add(Message.user("Read it."));
    messages.add(kept(parts));
    messages.add(
        Message.tool(
            List.of(
                Part.toolResult("callaaaa1", "read_file", OutputKind.TEXT, "Hello."),
                Part.toolResult("callbbbb2", "list_directory", OutputKind.ERROR_TEXT, "no"))));
    Model model = subject.answers(Answers.TEXT);
    Collected.from(
        model,
        Requests.of(
            Optional.empty(), List.of(Requests.readFile()), messages.toArray(Message[]::new)));
    JsonNode sent = body(subject.server().requests().getLast());
    assertThat(sent).isEqualTo(golden("tools"));
    boolean back = Json.write(sent).matches(".*(I look\\.|\"sig\").*");
    assertThat(back).isEqualTo(place.can(Ability.THINKING_BACK));
  }

  @Test
  void answersByASchema() throws Exception {
    ModelRequest request =
        new ModelRequest(
            "writer",
            Optional.of("You write."),
            List.of(Message.user("Who?")),
            List.of(),
            ModelOptions.NONE,
            Requests.options(place.providerOptions()),
            Optional.of(SCHEMA));
    Collected answer = Collected.from(subject.answers(Answers.BY_SCHEMA), request);
    assertThat(answer.parts()).containsExactly(new ModelPart.Text("{\"name\":\"Ada\"}"));
    assertThat(answer.end().finishReason()).isEqualTo(FinishReason.STOP);
    JsonNode sent = body(subject.server().requests().getLast());
    assertThat(sent).isEqualTo(golden("schema"));
    boolean inWords = Json.write(sent).contains("It must satisfy this JSON Schema");
    assertThat(inWords).isNotEqualTo(place.can(Ability.SCHEMA));
  }

  @Test
  void tellsEveryRefusalInTheProvidersWords() throws Exception {
    for (int status : new int[] {400, 401, 429, 500, 529}) {
      String said = "said with " + Models.KEY;
      subject.server().next(reply -> reply.json(status, place.speaker().refusal(status, said)));
      ModelFailure failure = Collected.failure(subject.optioned(), request());
      assertThat(failure.message())
          .startsWith(place.providerId() + " answered " + status + ": said with ")
          .doesNotContain(Models.KEY.equals(key()) ? Models.KEY : "no key of this place");
      assertThat(failure.status()).isEqualTo(OptionalInt.of(status));
      assertThat(failure.retryable()).isEqualTo(status >= 429);
    }
  }

  @Test
  void failsAtAnErrorWithinTheStream() throws Exception {
    subject
        .server()
        .next(reply -> {
          List<byte[]> events = new ArrayList<>(subject.beginning());
          events.add(place.speaker().brokenOff("out of memory"));
          subject.send(reply, events);
          reply.end();
        });
    assertThat(Collected.failure(subject.optioned(), request()).message())
        .isEqualTo(place.providerId() + " broke its answer off with an error: out of memory");
  }

  @Test
  void takesNoHalfAnswerForAWholeOne() throws Exception {
    List<byte[]> whole = place.speaker().stream(Answers.HALF);
    byte[] next = whole.get(subject.beginning().size());
    for (int length : new int[] {0, 1, next.length / 2}) {
      subject
          .server()
          .next(reply -> {
            List<byte[]> events = new ArrayList<>(subject.beginning());
            if (length > 0) {
              events.add(Arrays.copyOf(next, length));
            }
            subject.send(reply, events);
            reply.end();
          });
      ModelFailure failure = Collected.failure(subject.optioned(), request());
      assertThat(failure.message()).startsWith(place.providerId() + " ");
    }
  }

  @Test
  void givesAStalledStreamUp() throws Exception {
    try (CalledSubject impatient =
        new CalledSubject(place, folder, new StreamingHttp(Duration.ofSeconds(5), PATIENCE))) {
      CountDownLatch gone = new CountDownLatch(1);
      impatient
          .server()
          .next(reply -> {
            impatient.send(reply, impatient.beginning());
            reply.awaitClientGone();
            gone.countDown();
          });
      assertThat(Collected.failure(impatient.optioned(), request()).message())
          .contains("it sent nothing for");
      await().until(() -> gone.getCount() == 0);
    }
  }

  // A busy machine may be late once; code that is slow is late each time.
  @Test
  void seesACancelledCallAtOnce() throws Exception {
    Duration best = Duration.ofDays(1);
    for (int i = 0; i < TRIES && best.compareTo(SOON) > 0; i++) {
      Duration seen = cancelled();
      best = seen.compareTo(best) < 0 ? seen : best;
    }
    assertThat(best).isLessThan(SOON);
  }

  private Duration cancelled() throws Exception {
    SynchronousQueue<Long> goneAt = new SynchronousQueue<>();
    CountDownLatch speaking = new CountDownLatch(1);
    subject
        .server()
        .next(reply -> {
          subject.send(reply, subject.beginning());
          reply.awaitClientGone();
          goneAt.put(System.nanoTime());
        });
    Model model = subject.optioned();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                model.generate(request(), _ -> speaking.countDown());
              } catch (InterruptedException | ModelFailure over) {
                speaking.countDown();
              }
            });
    speaking.await();
    long cancelledAt = System.nanoTime();
    caller.interrupt();
    Long seen = goneAt.poll(10, TimeUnit.SECONDS);
    caller.join();
    return seen == null ? Duration.ofDays(1) : Duration.ofNanos(seen - cancelledAt);
  }

  // As a timeline keeps it.
  private static Message kept(List<ModelPart> parts) {
    JsonNode line = ConversationJson.write(Message.assistant(Collected.conversation(parts)));
    return ConversationJson.message(Json.parse(Json.write(line)).orElseThrow()).orElseThrow();
  }

  private static ModelRequest request() {
    return Requests.of(Message.user("Hello"));
  }

  private String key() {
    return place.credential().contains(Models.KEY) ? Models.KEY : "";
  }

  private String mediaType() {
    String type = place.speaker().contentType();
    return type.contains(";") ? type.substring(0, type.indexOf(';')) : type;
  }

  private static JsonNode body(SocketServer.Request request) {
    return Json.parse(request.body()).orElseThrow();
  }

  private JsonNode golden(String what) throws IOException {
    return Requests.golden("requests/" + place.name() + ".json").path(what);
  }
}
