package com.commaagents.engine.agent;

import static com.commaagents.engine.event.ToolOutput.Stream.STDERR;
import static com.commaagents.engine.event.ToolOutput.Stream.STDOUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.engine.event.EngineEvent.Speaker;
import com.commaagents.engine.event.ToolOutput;
import com.commaagents.engine.fakes.RecordingJournal;
import com.commaagents.engine.model.ModelInfo;
import com.commaagents.engine.model.ModelPart;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class CallOutputTest {
  private static final Speaker SPEAKER =
      new Speaker(
          "coder", "0/1", new ModelInfo("acme/a", OptionalLong.empty(), OptionalLong.empty()));
  private static final ModelPart.ToolCall CALL = new ModelPart.ToolCall("t1", "run_command", "{}");

  private final RecordingJournal journal = new RecordingJournal();
  private final CallOutput output = new CallOutput(journal, CALL, SPEAKER);

  @Test
  void countsThePiecesOfACallOverBothStreams() {
    output.tell(STDOUT, "one\n");
    output.tell(STDERR, "oops\n");
    output.tell(STDOUT, "");
    output.tell(STDOUT, "two");

    assertThat(journal.shown())
        .containsExactly(
            new ToolOutput("coder", "0/1", "t1", "run_command", STDOUT, 0, "one\n"),
            new ToolOutput("coder", "0/1", "t1", "run_command", STDERR, 1, "oops\n"),
            new ToolOutput("coder", "0/1", "t1", "run_command", STDOUT, 2, "two"));
  }

  @Test
  void dividesLongPiecesButNoCharacter() {
    output.tell(STDOUT, "a".repeat(CallOutput.MAX_PIECE));
    assertThat(journal.shown()).hasSize(1);
    output.tell(STDOUT, "b".repeat(CallOutput.MAX_PIECE - 1) + "😀c");

    assertThat(journal.shown())
        .extracting(ToolOutput::text)
        .containsExactly(
            "a".repeat(CallOutput.MAX_PIECE), "b".repeat(CallOutput.MAX_PIECE - 1), "😀c");
  }

  @Test
  void tellsSoMuchOfEachStreamAndNoMore() {
    output.tell(STDOUT, "x".repeat(CallOutput.MAX_CHARACTERS - 1));
    output.tell(STDERR, "e".repeat(CallOutput.MAX_CHARACTERS));
    output.tell(STDERR, "e");
    output.tell(STDOUT, "😀");
    output.tell(STDOUT, "y");

    assertThat(told(STDOUT)).isEqualTo("x".repeat(CallOutput.MAX_CHARACTERS - 1));
    assertThat(told(STDERR)).isEqualTo("e".repeat(CallOutput.MAX_CHARACTERS));
    assertThat(journal.shown().stream().mapToLong(ToolOutput::index).boxed())
        .isEqualTo(LongStream.range(0, journal.shown().size()).boxed().toList());
  }

  @Test
  void tellsNothingOnceTheCallHasEnded() {
    output.close();
    output.tell(STDOUT, "late");
    assertThat(journal.shown()).isEmpty();
  }

  private String told(ToolOutput.Stream stream) {
    return journal.shown().stream()
        .filter(piece -> piece.stream() == stream)
        .map(ToolOutput::text)
        .collect(Collectors.joining());
  }
}
