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
import com.commaagents.models.contract.Ability;
import com.commaagents.models.contract.Answer;
import com.commaagents.models.contract.Answers;
import com.commaagents.models.contract.Places;
import com.commaagents.models.contract.Subject;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.Requests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What every model must do: each provider, in each way to call it, and the scripted one.
///
/// What a wire cannot express stands in [Places] and in docs/providers.md; it is tested that
/// nothing is made up for it.
@ParameterizedClass
@MethodSource("subjects")
class ModelContractTest {
  private static final ModelRequest REQUEST = Requests.of(Message.user("Hello"));

  private final Opening opening;
  private Subject subject;

  /// Makes a subject in a folder.
  interface Opening {
    Subject open(Path folder) throws IOException;
  }

  ModelContractTest(Opening opening) {
    this.opening = opening;
  }

  static Stream<Named<Opening>> subjects() {
    Stream<Named<Opening>> providers =
        Places.all().stream()
            .map(place -> Named.of(place.name(), folder -> new CalledSubject(place, folder)));
    return Stream.concat(
        providers, Stream.of(Named.of("scripted", folder -> new ScriptedSubject(folder))));
  }

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    subject = opening.open(folder);
  }

  @AfterEach
  void close() throws IOException {
    subject.close();
  }

  @Test
  void streamsTextAsItComesAndTellsUsage() throws Exception {
    long cached = subject.can(Ability.CACHED_TOKENS) ? 60 : 0;
    Collected answer = Collected.from(subject.answers(Answers.TEXT), REQUEST);
    assertThat(answer.parts())
        .containsExactly(new ModelPart.Text("Grüß "), new ModelPart.Text("Gott 😀"));
    assertThat(answer.end())
        .isEqualTo(
            new TurnEnd(
                FinishReason.STOP, new Usage(100, 20), Optional.of(usage(100, cached, 20, 0))));
  }

  @Test
  void thinksBeforeItSpeaks() throws Exception {
    Collected answer = Collected.from(subject.answers(Answers.THOUGHT), REQUEST);
    List<ModelPart> expected = new ArrayList<>();
    if (subject.can(Ability.THINKING)) {
      String id = ((ModelPart.ThinkingStart) answer.parts().getFirst()).id();
      expected.add(new ModelPart.ThinkingStart(id));
      expected.add(new ModelPart.Thinking(id, "hm "));
      expected.add(new ModelPart.Thinking(id, "yes"));
      // What has to be sent back differs from wire to wire: the provider contract looks at it.
      expected.add(answer.parts().get(3));
      assertThat(answer.parts().get(3)).isInstanceOf(ModelPart.ThinkingEnd.class);
    }
    expected.add(new ModelPart.Text("Done."));
    assertThat(answer.parts()).isEqualTo(expected);
    long cached = subject.can(Ability.CACHED_TOKENS) ? 60 : 0;
    long thought = subject.can(Ability.REASONING_TOKENS) ? 12 : 0;
    assertThat(answer.end().contextUsage()).contains(usage(100, cached, 20, thought));
  }

  @Test
  void handsParallelToolCallsOverCompleteAndInOrder() throws Exception {
    if (!subject.can(Ability.TOOLS)) {
      return;
    }
    Collected answer = Collected.from(subject.answers(Answers.CALLS), REQUEST);
    List<ModelPart.ToolCall> calls =
        answer.parts().stream()
            .filter(ModelPart.ToolCall.class::isInstance)
            .map(ModelPart.ToolCall.class::cast)
            .toList();
    assertThat(calls)
        .extracting(ModelPart.ToolCall::toolName)
        .containsExactly("read_file", "list_directory");
    assertThat(calls)
        .extracting(call -> Json.parse(call.arguments()))
        .containsExactly(
            Optional.of(Requests.json("{'path':'hello.txt'}")), Optional.of(Json.object()));
    assertThat(calls)
        .extracting(ModelPart.ToolCall::toolCallId)
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(id).isNotEmpty());
    assertThat(answer.end().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
  }

  @Test
  void passesArgumentsOnThatAreNoJson() throws Exception {
    if (!subject.can(Ability.BROKEN_ARGUMENTS)) {
      return;
    }
    assertThat(Collected.from(subject.answers(Answers.BROKEN_ARGUMENTS), REQUEST).parts())
        .extracting(part -> ((ModelPart.ToolCall) part).arguments())
        .containsExactly("{\"path\": \"hel");
  }

  @Test
  void saysWhyItStopped() throws Exception {
    assertThat(finish(Answers.CUT_AT_LIMIT)).isEqualTo(FinishReason.LENGTH);
    if (subject.can(Ability.CONTENT_FILTER)) {
      assertThat(finish(Answers.FILTERED)).isEqualTo(FinishReason.CONTENT_FILTER);
    }
  }

  @Test
  void reportsNoUsageWhereThereIsNone() throws Exception {
    TurnEnd end = Collected.from(subject.answers(Answers.HALF), REQUEST).end();
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
    Model model = subject.answers(Answers.TEXT);
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

  private FinishReason finish(Answer answer) throws Exception {
    return Collected.from(subject.answers(answer), REQUEST).end().finishReason();
  }

  private static ContextUsage usage(long input, long cached, long output, long thought) {
    return ContextUsage.reported(
        input, output, OptionalLong.of(cached), OptionalLong.empty(), OptionalLong.of(thought));
  }
}
