package com.commaagents.engine.agent;

import static com.commaagents.engine.fakes.FakeRun.cycle;
import static com.commaagents.engine.fakes.FakeRun.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.event.EngineEvent;
import com.commaagents.engine.fakes.FakeRun;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.strategy.definition.AgentDefinition.SystemPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LlmAgentTest {
  private final FakeRun run = new FakeRun();

  @Test
  void passesThinkingOnAsItComesAndKeepsItForTheModel() throws InterruptedException {
    run.llm("a");
    run.model("a")
        .streams(
            FinishReason.STOP,
            new ModelPart.ThinkingStart("r"),
            new ModelPart.Thinking("r", "hm "),
            new ModelPart.Thinking("r", "so"),
            new ModelPart.ThinkingEnd("r", Json.object().put("signature", "s")),
            new ModelPart.Text("answer"));

    run.execute(cycle(2, "a"), "hello");

    assertThat(run.journal.lines("stream").subList(0, 6))
        .containsExactly(
            "stream cycle[1]/0 a step-start",
            "stream cycle[1]/0 a thinking-start r",
            "stream cycle[1]/0 a thinking r <hm >",
            "stream cycle[1]/0 a thinking r <so>",
            "stream cycle[1]/0 a thinking-end r",
            "stream cycle[1]/0 a text <answer>");
    assertThat(run.journal.lines("record").getFirst()).endsWith("-> a[~hm so~,<answer>]");
  }

  @Test
  void keepsTextAndThinkingInTheOrderTheyCame() throws InterruptedException {
    run.llm("a");
    run.model("a")
        .streams(
            FinishReason.LENGTH,
            new ModelPart.Text("1"),
            new ModelPart.ThinkingStart("r"),
            new ModelPart.Text("2"),
            new ModelPart.Thinking("r", "t"),
            new ModelPart.Text("3"),
            new ModelPart.ThinkingStart("empty"),
            new ModelPart.Text("4"));

    run.execute(sequence("a"), "hello");

    assertThat(run.journal.lines("record").getFirst()).endsWith("-> a[<1>,~t~,<23>,<4>]");
    assertThat(run.journal.lines("stream").getLast()).endsWith("done <1234> 10/1 length");
  }

  @Test
  void leavesAnEmptyAnswerOutOfTheConversation() throws InterruptedException {
    run.llm("a");
    run.model("a").says();

    run.execute(cycle(2, "a"), "hello");

    assertThat(run.journal.lines("record").getFirst())
        .isEqualTo("record cycle[1]/0 id-1 a u[<hello>] -> ");
    assertThat(run.model("a").roles(1)).isEqualTo("uu");
  }

  @Test
  void sendsTheSystemPromptAndNoneWhenThereIsNothingToSay() throws InterruptedException {
    run.agent("a", definition -> definition.prompt(new SystemPrompt.Text("Be brief.")));
    run.agent("b", definition -> definition.prompt(new SystemPrompt.Text(" ")));
    run.llm("c");

    run.execute(sequence("a", "b", "c"), "hello");

    assertThat(run.model("a").requests().getFirst().system()).contains("Be brief.");
    assertThat(run.model("b").requests().getFirst().system()).isEmpty();
    assertThat(run.model("c").requests().getFirst().system()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prompt.md", "prompt.txt", "sub/prompt.md"})
  void readsAPromptFileBesideTheStrategy(String name, @TempDir Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("sub"));
    Files.writeString(folder.resolve(name), "From a file: é");
    run.file(folder.resolve("strategy.yaml"))
        .agent("a", definition -> definition.prompt(new SystemPrompt.Text(name)));

    run.execute(sequence("a"), "hello");

    assertThat(run.model("a").requests().getFirst().system()).contains("From a file: é");
  }

  @Test
  void refusesAPromptFileThatIsNotThere(@TempDir Path folder) {
    run.file(folder.resolve("strategy.yaml"))
        .agent("a", definition -> definition.prompt(new SystemPrompt.Text("gone.md")));

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.prepare(sequence("a")))
        .withMessageStartingWith(
            "Agent \"a\": the system prompt file gone.md cannot be read: there is no such file");
  }

  @Test
  void readsAPromptFileUpToItsLimit(@TempDir Path folder) throws IOException, InterruptedException {
    Files.write(folder.resolve("full.md"), filled(SystemPrompts.MAX_BYTES));
    Files.write(folder.resolve("more.md"), filled(SystemPrompts.MAX_BYTES + 1));
    run.file(folder.resolve("strategy.yaml"))
        .agent("a", definition -> definition.prompt(new SystemPrompt.Text("full.md")));

    run.execute(sequence("a"), "hello");
    run.agent("a", definition -> definition.prompt(new SystemPrompt.Text("more.md")));

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.prepare(sequence("a")))
        .withMessageContaining("it is larger than 1048576 bytes");
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  @Test
  void takesALongTextThatEndsLikeAFileNameForAText() throws InterruptedException {
    run.agent("a", definition -> definition.prompt(new SystemPrompt.Text("Write\nREADME.md")));

    run.execute(sequence("a"), "hello");

    assertThat(run.model("a").requests().getFirst().system()).contains("Write\nREADME.md");
  }

  @Test
  void keepsTheNewestRecordsOfARollingWindow() throws InterruptedException {
    run.agent("a", definition -> definition.rollingWindow(2));

    run.execute(cycle(5, "a"), "hello");

    assertThat(run.model("a").requests().stream().map(ModelRequest::messages).map(m -> m.size()))
        .containsExactly(1, 3, 5, 5, 5);
  }

  @Test
  void remembersNothingOfACallThatFailed() {
    run.llm("a", "b");
    run.model("a").says("one").fails(400, false);

    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("a", "a"), "hello"));
    assertThat(run.journal.events(EngineEvent.CallRecorded.class)).hasSize(1);
  }

  @Test
  void failsOnAnAnswerPastItsLimit() throws InterruptedException {
    run.llm("a");
    String half = "x".repeat(TurnBuilder.MAX_CHARACTERS / 2);
    run.model("a").says(half, half).says(half, half, "x");

    assertThat(run.execute(sequence("a"), "hello").text()).hasSize(TurnBuilder.MAX_CHARACTERS);
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> run.execute(sequence("a"), "hello"))
        .withMessageContaining("the model's answer is longer than 16777216 characters");
  }

  @Test
  void putsManyDeltasTogether() throws InterruptedException {
    run.llm("a");
    String[] deltas = new String[200_000];
    Arrays.fill(deltas, "delta ");
    run.model("a").says(deltas);

    assertThat(run.execute(sequence("a"), "hello").text()).hasSize(6 * deltas.length);
  }

  @Test
  void isReleasedFromAModelThatHangs() throws InterruptedException {
    run.llm("a");
    run.model("a").hangs();

    FakeRun.Running started = run.start(sequence("a"), "hello");
    await().until(run.model("a")::isHanging);

    assertThat(started.stop()).isInstanceOf(InterruptedException.class);
    assertThat(run.model("a").isHanging()).isFalse();
    assertThat(run.journal.lines("record", "completed")).isEmpty();
  }

  @Test
  void isReleasedFromTheSleepBetweenTries() throws InterruptedException {
    run.llm("a");
    run.model("a").fails(500, true);
    run.clock.stop();

    FakeRun.Running started = run.start(sequence("a"), "hello");
    await().until(run.clock::isSleeping);

    assertThat(started.stop()).isInstanceOf(InterruptedException.class);
    assertThat(run.model("a").requests()).hasSize(1);
  }

  @Test
  void isReleasedFromAPersonWhoDoesNotAnswer() throws InterruptedException {
    run.user("user", true, Optional.empty());

    FakeRun.Running started = run.start(sequence("user"), "");
    await().until(run.people::isWaitedFor);

    assertThat(started.stop()).isInstanceOf(InterruptedException.class);
    assertThat(run.people.isWaitedFor()).isFalse();
  }

  @Test
  void isReleasedFromASummary() throws InterruptedException {
    run.agent("a", definition -> definition.compaction(1, OptionalInt.of(2)));
    run.model("a").says("1").says("2").says("3").hangs();

    FakeRun.Running started = run.start(cycle(5, "a"), "hello");
    await().until(run.model("a")::isHanging);

    assertThat(started.stop()).isInstanceOf(InterruptedException.class);
    assertThat(run.journal.lines("compacted")).isEmpty();
  }
}
