package com.commaagents.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.Model;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.ContractSubject;
import com.commaagents.models.testing.Requests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What every model must do, whatever it is made of.
@ParameterizedClass
@EnumSource(ContractSubject.Kind.class)
class ModelContractTest {
  private static final ModelRequest REQUEST = Requests.of(Message.user("Hello"));

  private final ContractSubject subject;

  ModelContractTest(ContractSubject.Kind kind) throws Exception {
    this.subject = new ContractSubject(kind);
  }

  @AfterEach
  void close() throws Exception {
    subject.close();
  }

  @Test
  void streamsTextAsItComesAndTellsUsage() throws Exception {
    Collected answer = Collected.from(subject.answersText(), REQUEST);
    assertThat(answer)
        .isEqualTo(
            new Collected(
                List.of(new ModelPart.Text("Grüß "), new ModelPart.Text("Gott 😀")),
                new TurnEnd(
                    FinishReason.STOP,
                    new Usage(100, 20),
                    Optional.of(
                        ContextUsage.reported(
                            100,
                            20,
                            OptionalLong.of(60),
                            OptionalLong.empty(),
                            OptionalLong.empty())))));
  }

  @Test
  void thinksBeforeItSpeaks() throws Exception {
    List<ModelPart> parts = Collected.from(subject.thinks(), REQUEST).parts();
    assertThat(parts).first().isInstanceOf(ModelPart.ThinkingStart.class);
    String id = ((ModelPart.ThinkingStart) parts.getFirst()).id();
    assertThat(parts)
        .containsExactly(
            new ModelPart.ThinkingStart(id),
            new ModelPart.Thinking(id, "hm "),
            new ModelPart.Thinking(id, "yes"),
            new ModelPart.ThinkingEnd(id, Json.object()),
            new ModelPart.Text("Done."));
  }

  @Test
  void handsParallelToolCallsOverCompleteAndInOrder() throws Exception {
    Collected answer = Collected.from(subject.callsTools(), REQUEST);
    assertThat(answer.parts())
        .extracting(part -> ((ModelPart.ToolCall) part).toolName())
        .containsExactly("read_file", "list_directory");
    assertThat(answer.parts())
        .extracting(part -> Json.parse(((ModelPart.ToolCall) part).arguments()))
        .containsExactly(
            Optional.of(Requests.json("{'path':'hello.txt'}")), Optional.of(Json.object()));
    assertThat(answer.parts())
        .extracting(part -> ((ModelPart.ToolCall) part).toolCallId())
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id).isNotEmpty());
    assertThat(answer.end().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
  }

  @Test
  void passesArgumentsOnThatAreNoJson() throws Exception {
    assertThat(Collected.from(subject.callsToolWithBrokenArguments(), REQUEST).parts())
        .extracting(part -> ((ModelPart.ToolCall) part).arguments())
        .containsExactly("{\"path\": \"hel");
  }

  @Test
  void saysWhenTheAnswerWasCutAtItsLimit() throws Exception {
    assertThat(Collected.from(subject.reachesTheLimit(), REQUEST).end().finishReason())
        .isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void reportsNoUsageWhereThereIsNone() throws Exception {
    TurnEnd end = Collected.from(subject.answersWithoutUsage(), REQUEST).end();
    assertThat(end).isEqualTo(new TurnEnd(FinishReason.STOP, Usage.NONE, Optional.empty()));
  }

  @Test
  void tellsARefusalWithStatusAndWhenToComeBack() throws Exception {
    ModelFailure failure = Collected.failure(subject.refuses(), REQUEST);
    assertThat(failure.status()).isEqualTo(OptionalInt.of(429));
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(failure.message()).contains("429").contains("slow down");
  }

  @Test
  void failsWhenTheAnswerBreaksOff() throws Exception {
    ModelFailure failure = Collected.failure(subject.breaksOff(), REQUEST);
    assertThat(failure.status()).isEmpty();
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.message()).contains("broke its answer off");
  }

  @Test
  void endsAtOnceWhenInterruptedByItsListener() throws Exception {
    Model model = subject.answersText();
    AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("not ended"));
    CountDownLatch speaking = new CountDownLatch(1);
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                model.generate(
                    REQUEST,
                    _ -> {
                      speaking.countDown();
                      new CountDownLatch(1).await();
                    });
              } catch (InterruptedException | ModelFailure end) {
                thrown.set(end);
              }
            });
    speaking.await();
    caller.interrupt();
    await().untilAsserted(() -> assertThat(caller.isAlive()).isFalse());
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }
}
