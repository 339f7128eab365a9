package com.commaagents.tools.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.time.Clock;
import com.commaagents.engine.event.ToolOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputCaptureTest {
  private static final int BUFFER = 64 << 10;
  private static final String LAST_LINE = "\ntoken-1 17\n";

  @Test
  void tellsNothingOfTheLastLineWhereverItIsCut() throws IOException {
    for (int cut = 0; cut <= LAST_LINE.length(); cut++) {
      String said = "\n" + "x".repeat(BUFFER - cut - 1);
      StringBuilder told = new StringBuilder();
      OutputCapture capture = capture(said + LAST_LINE, told);
      while (capture.drain()) {
        assertThat(capture.status()).isIn(Optional.empty(), Optional.of("17"));
      }

      assertThat(capture.status()).contains("17");
      assertThat(capture.output()).isEqualTo(new CommandResult.Output(said, false));
      assertThat(told).as("cut at %d", cut).hasToString(said);
    }
  }

  @Test
  void tellsWhatOnlyLooksLikeTheBeginningOfTheLastLine() throws IOException {
    String said = "x".repeat(BUFFER - 4) + "\ntoken-2 17\n" + "y".repeat(BUFFER) + "\ntok";
    StringBuilder told = new StringBuilder();
    OutputCapture capture = capture(said, told);
    while (capture.drain()) {
      assertThat(capture.status()).isEmpty();
    }

    assertThat(capture.output()).isEqualTo(new CommandResult.Output(said, false));
    assertThat(told).hasToString(said);
  }

  private static OutputCapture capture(String stream, StringBuilder told) {
    return new OutputCapture(
        new ByteArrayInputStream(stream.getBytes(StandardCharsets.US_ASCII)),
        "token-1",
        new LiveText(ToolOutput.Stream.STDOUT, (_, text) -> told.append(text), Clock.system()));
  }
}
