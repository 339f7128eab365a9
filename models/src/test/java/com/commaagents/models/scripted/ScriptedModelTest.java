package com.commaagents.models.scripted;

import static com.commaagents.models.testing.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.engine.conversation.ContextUsage;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Part;
import com.commaagents.engine.conversation.Part.OutputKind;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.engine.model.ModelFailure;
import com.commaagents.engine.model.ModelPart;
import com.commaagents.engine.model.ModelRequest;
import com.commaagents.engine.model.TurnEnd;
import com.commaagents.models.testing.Collected;
import com.commaagents.models.testing.HandClock;
import com.commaagents.models.testing.Models;
import com.commaagents.models.testing.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedModelTest {
  private final Path folder;
  private final Path file;
  private final HandClock clock = new HandClock();

  ScriptedModelTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("review.script.yaml");
  }

  @Test
  void streamsATextWordByWordAndAListAsItIs() throws Exception {
    write("writer: ['One two,\n\n  three', [Four five, six]]");
    assertThat(texts(turn(0))).containsExactly("One ", "two,\n", "three");
    assertThat(texts(turn(1))).containsExactly("Four five", "six");
  }

  @Test
  void answersWithTheTurnOfTheConversationsLength() throws Exception {
    write("writer:", "  - First", "  - tools: {todo_get: }", "  - Third");
    assertThat(texts(turn(0))).containsExactly("First");
    assertThat(turn(1).parts())
        .containsExactly(new ModelPart.ToolCall("call_1_0", "todo_get", "{}"));
    assertThat(texts(turn(2))).containsExactly("Third");
    assertThat(texts(turn(2))).containsExactly("Third");
  }

  @Test
  void repeatsTheLastTurnWithoutToolsAfterTheEnd() throws Exception {
    write("writer:", "  - Answer", "  - tools: {todo_get: }", "  - fail: cut");
    assertThat(texts(turn(3))).containsExactly("Answer");
    assertThat(texts(turn(99))).containsExactly("Answer");
  }

  @Test
  void failsWhereNothingCanBeRepeated() throws Exception {
    write("writer:", "  - tools: {todo_get: }");
    ModelFailure failure = failure(1);
    assertThat(failure.message())
        .isEqualTo(
            "the script "
                + file
                + " does not fit: the agent writer asks for turn 2, there are 1 and none without"
                + " tool calls that could be repeated; add one");
    assertThat(failure.retryable()).isFalse();
  }

  @Test
  void fallsBackToTheTurnsOfAnyAgent() throws Exception {
    write("'*': Anybody", "reader: Reader");
    assertThat(texts(turn(0))).containsExactly("Anybody");
    write("reader: Reader");
    assertThat(failure(0).message()).contains("no turns for the agent writer");
  }

  @Test
  void fillsInTheInputAndTheToolsResult() throws Exception {
    write(
        "writer:",
        "  - text: ['You said: {{ input }}', ' {{other}}']",
        "    tools: [{write_file: {path: a.txt, content: '{{input}}', n: [1, true, null]}}]",
        "  - 'It says {{tool}}'");
    assertThat(turn(0, Message.user("a \"b\" {{tool}}")).parts())
        .containsExactly(
            new ModelPart.Text("You said: a \"b\" {{tool}}"),
            new ModelPart.Text(" {{other}}"),
            new ModelPart.ToolCall(
                "call_0_0",
                "write_file",
                Json.write(
                    json(
                        "{'path':'a.txt','content':'a \\'b\\' {{tool}}','n':[1,true,null]}"
                            .replace("\\'", "\\\"")))));
    ModelRequest second =
        Requests.of(
            Message.user("x"),
            Message.assistant(List.of()),
            Message.tool(List.of(Part.toolResult("c", "t", OutputKind.TEXT, "42 lines"))));
    assertThat(texts(Collected.from(model(), second))).containsExactly("It ", "says ", "42 lines");
  }

  @Test
  void countsWordsAsUsage() throws Exception {
    write("writer:", "  - thinking: one two", "    text: three four five");
    ModelRequest request =
        Requests.of(Optional.of("be kind"), List.of(), Message.user("hello there you"));
    assertThat(Collected.from(model(), request).end())
        .isEqualTo(
            new TurnEnd(
                FinishReason.STOP,
                new Usage(5, 5),
                Optional.of(
                    ContextUsage.reported(
                        5, 5, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(2)))));
  }

  @Test
  void waitsAsTheScriptSays() throws Exception {
    write("writer:", "  - before: 200", "    delay: 50", "    thinking: hm", "    text: [a, b]");
    Collected.from(model(), Requests.of(Message.user("x")));
    assertThat(clock.slept())
        .containsExactly(
            Duration.ofMillis(200),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(50));
  }

  @Test
  void failsAsTheScriptSaysAfterItsText() throws Exception {
    write("writer:", "  - text: [Half]", "    fail: {status: 500, message: broken}");
    List<ModelPart> parts = new ArrayList<>();
    ModelFailure failure =
        catchThrowableOfType(
            ModelFailure.class, () -> model().generate(Requests.of(Message.user("x")), parts::add));
    assertThat(parts).containsExactly(new ModelPart.Text("Half"));
    assertThat(failure.message()).isEqualTo("scripted answered 500: broken");
    assertThat(failure.status()).isEqualTo(OptionalInt.of(500));
    assertThat(failure.retryable()).isTrue();
    write("writer: {fail: {status: 400}}");
    assertThat(failure(0).retryable()).isFalse();
    write("writer: {fail: {status: 400, retryable: true}}");
    assertThat(failure(0).retryable()).isTrue();
  }

  @Test
  void tellsEveryMistakeWithItsLineAndField() throws Exception {
    write(
        "writer:",
        "  - txt: Hello",
        "  - text: {a: b}",
        "    delay: soon",
        "    usage: {input: -1, other: 2}",
        "  - tools: [read_file]",
        "    finish: never",
        "    fail: {status: 700, message: }",
        "  - null",
        "empty: []",
        "writer: twice");
    assertThat(fault("default"))
        .extracting(Fault::code, Fault::message)
        .containsExactly(
            FaultCode.INVALID_INPUT,
            String.join(
                "\n",
                at(2, "writer[0].txt: is not known here; known are thinking, text, tools, usage,")
                    + " before, delay, finish, fail",
                at(3, "writer[1].text: must be a text or a list of texts"),
                at(5, "writer[1].usage.other: is not known here; known are input, output,")
                    + " cacheRead, cacheWrite, reasoning",
                at(5, "writer[1].usage.input: must be a whole number from 0 to 2147483647"),
                at(4, "writer[1].delay: must be a whole number from 0 to 600000"),
                at(6, "writer[2].tools[0]: must be a tool with its arguments, such as read_file:")
                    + " {path: hello.txt}",
                at(7, "writer[2].finish: must be one of stop, length, tool-calls, content-filter,")
                    + " error, other",
                at(8, "writer[2].fail.status: must be a whole number from 0 to 599"),
                at(8, "writer[2].fail.message: must be a text"),
                at(9, "writer[3]: must be a text or a list of texts"),
                at(10, "empty: must have at least one turn"),
                at(11, "writer: is there twice")));
  }

  @Test
  void tellsWhereAScriptIsNoYaml() throws Exception {
    write("writer:", "  - \"open");
    assertThat(fault("default").message()).startsWith(file + " line ").contains("not valid YAML");
    write("- a list");
    assertThat(fault("default").message()).contains("must name agents with their turns");
    write("");
    assertThat(fault("default").message()).contains("must name agents with their turns");
    Files.write(file, new byte[] {(byte) 0xC3, '('});
    assertThat(fault("default").message()).isEqualTo(file + " is not UTF-8 text");
  }

  @Test
  void boundsTheScript() throws Exception {
    write("a: " + "[".repeat(49) + "x" + "]".repeat(49));
    assertThat(fault("default").message()).doesNotContain("nested");
    write("a: " + "[".repeat(50) + "x" + "]".repeat(50));
    assertThat(fault("default").message()).contains("nested more than 50 deep");
    write("writer: {tools: {f: &a {x: [*a]}}}");
    assertThat(fault("default").message()).contains("has more than 10000 values");
    write("writer: " + "x".repeat(ScriptFolder.MAX_BYTES));
    assertThat(fault("default").code()).isEqualTo(FaultCode.LIMIT_EXCEEDED);
    write("writer: {delay: 600000}");
    assertThat(texts(turn(0))).isEmpty();
    write("writer: {delay: 600001}");
    assertThat(fault("default").message()).contains("writer.delay");
  }

  @Test
  void saysWhichScriptIsExpected() {
    assertThat(fault("default"))
        .extracting(Fault::code, Fault::message)
        .containsExactly(
            FaultCode.NOT_FOUND,
            "the model scripted/default answers from a script, and there is none: write "
                + file
                + ", for example\n"
                + "  writer:\n"
                + "    - \"Hello from the script.\"\n"
                + "with the name of your agent. Or use a real one.");
    assertThat(fault("other").message()).contains(folder.resolve("other.script.yaml").toString());
  }

  @Test
  void doesNotLeaveTheFolder() {
    for (String name : List.of("../x", "a/b", "..", "", ".hidden", "a\\b", "x".repeat(101))) {
      assertThat(fault(name).code()).as(name).isEqualTo(FaultCode.INVALID_INPUT);
    }
  }

  private String at(int line, String what) {
    return file + " line " + line + ": " + what;
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
  }

  private ScriptedModel model() {
    return model("default");
  }

  private ScriptedModel model(String name) {
    return new ScriptFolder(clock, "Or use a real one.")
        .model(Models.info("scripted/" + name), name, folder.resolve("review.yaml"));
  }

  private Fault fault(String name) {
    return catchThrowableOfType(Fault.class, () -> model(name));
  }

  private Collected turn(int answersSoFar) throws Exception {
    return turn(answersSoFar, Message.user("Hello"));
  }

  private Collected turn(int answersSoFar, Message last) throws Exception {
    return Collected.from(model(), request(answersSoFar, last));
  }

  private ModelFailure failure(int answersSoFar) throws Exception {
    return Collected.failure(model(), request(answersSoFar, Message.user("Hello")));
  }

  private static ModelRequest request(int answersSoFar, Message last) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < answersSoFar; i++) {
      messages.add(Message.user("before"));
      messages.add(Message.assistant(List.of(Part.text("answer"))));
    }
    messages.add(last);
    return Requests.of(messages.toArray(Message[]::new));
  }

  private static List<String> texts(Collected answer) {
    return answer.parts().stream().map(part -> ((ModelPart.Text) part).text()).toList();
  }
}
