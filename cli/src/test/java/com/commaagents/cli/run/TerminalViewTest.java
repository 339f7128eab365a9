package com.commaagents.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.cli.testing.FakeTerminal;
import java.util.OptionalDouble;
import java.io.IOException;
import java.util.List;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalViewTest {
  private static final Outcome COMPLETED =
      new Outcome.Completed("r1", "All is\nwell.\n", 1234, 56, OptionalDouble.of(0.01234));

  @ParameterizedTest
  @CsvSource({
    "sequence,plain",
    "sequence,colour",
    "broadcast,plain",
    "observer,plain",
    "command,plain",
    "command,colour",
    "commands,plain"
  })
  void showsARunAsItHappens(String name, String look) throws IOException {
    FakeTerminal terminal = new FakeTerminal(look.equals("colour"), 60);
    TerminalView view = new TerminalView(terminal, "comma");
    resource(name + ".jsonl").lines().forEach(line -> view.show(Json.parse(line).orElseThrow()));
    view.end(COMPLETED);
    assertThat(terminal.shown()).isEqualTo(resource(name + "." + look + ".txt"));
  }

  @Test
  void showsWhyARunFailed() {
    FakeTerminal terminal = new FakeTerminal();
    TerminalView view = new TerminalView(terminal, "comma");
    view.end(new Outcome.Failed("PREPARE_FAILED", "strategy.yaml:3:1: unknown field\nand more"));
    assertThat(terminal.shown())
        .isEqualTo("\n✗ PREPARE_FAILED\nstrategy.yaml:3:1: unknown field\nand more\n");
  }

  @Test
  void breaksTheOpenLineForANote() {
    FakeTerminal terminal = new FakeTerminal();
    TerminalView view = new TerminalView(terminal, "comma");
    view.show(
        Json.parse(
                "{\"type\":\"agent_streaming\",\"agentName\":\"a\",\"event\":{\"type\":\"text\",\"text\":\"half\"}}")
            .orElseThrow());
    view.note("Stopping the run …");
    view.end(new Outcome.Stopped(true));
    assertThat(terminal.shown()).isEqualTo("\n● a\n  half\nStopping the run …\n\n■ stopped\n");
  }

  @Test
  void beginsALineForAFurtherAnswerOfACall() {
    FakeTerminal terminal = new FakeTerminal();
    TerminalView view = new TerminalView(terminal, "comma");
    for (String event :
        List.of(
            "{\"type\":\"step-start\"}",
            "{\"type\":\"text\",\"text\":\"[1]\"}",
            "{\"type\":\"step-start\"}",
            "{\"type\":\"text\",\"text\":\"{}\"}")) {
      view.show(
          Json.parse("{\"type\":\"agent_streaming\",\"agentName\":\"a\",\"event\":" + event + "}")
              .orElseThrow());
    }
    assertThat(terminal.shown()).isEqualTo("\n● a\n  [1]\n  {}");
  }

  @Test
  void goesOnBelowAPrompt() {
    FakeTerminal terminal = new FakeTerminal();
    TerminalView view = new TerminalView(terminal, "comma");
    view.show(
        Json.parse(
                "{\"type\":\"agent_streaming\",\"agentName\":\"a\",\"event\":{\"type\":\"tool-call\",\"toolCallId\":\"1\",\"toolName\":\"read_file\"}}")
            .orElseThrow());
    view.pause();
    terminal.out("> yes\n");
    view.show(
        Json.parse(
                "{\"type\":\"agent_streaming\",\"agentName\":\"a\",\"event\":{\"type\":\"tool-result\",\"toolCallId\":\"1\",\"toolName\":\"read_file\",\"output\":\"Read.\"}}")
            .orElseThrow());
    assertThat(terminal.shown()).isEqualTo("\n● a\n  → read_file\n> yes\n  ✓ read_file Read.\n");
  }

  @Test
  void ignoresMessagesItDoesNotKnow() {
    FakeTerminal terminal = new FakeTerminal();
    TerminalView view = new TerminalView(terminal, "comma");
    view.show(Json.parse("{\"type\":\"tomorrow\"}").orElseThrow());
    view.show(Json.parse("[]").orElseThrow());
    assertThat(terminal.shown()).isEmpty();
  }

  private static String resource(String name) throws IOException {
    try (InputStream input =
        Objects.requireNonNull(TerminalViewTest.class.getResourceAsStream("/run/" + name), name)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
