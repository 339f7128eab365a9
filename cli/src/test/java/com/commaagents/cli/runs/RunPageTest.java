package com.commaagents.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunPageTest {
  @Test
  void showsWhatWasSaidInOrderAndWhatIsWaitedFor() {
    String snapshot =
        """
        {"runId":"r1","status":"running","strategyName":"talk\\u001b[2J","agents":["a","b"],
         "conversation":{
           "records":[
             {"id":"1","agentName":"a","userMessage":{"content":"one"},"text":"first",
              "usage":{"promptTokens":3,"completionTokens":4},"status":"superseded"},
             {"id":"2","agentName":"b","userMessage":{"content":[{"type":"text","text":"x\\n2\\n3\\n4\\n5\\n6\\n7\\n8"}]},
              "text":"second","usage":{"promptTokens":30,"completionTokens":40}}],
           "inputs":[{"text":"lost"},{"text":"one","beforeRecordId":"1"},{"text":"at the end"}]},
         "partial":[{"agentName":"a","text":"hal"}],
         "inFlight":[{"agentName":"b","text":"so far"}],
         "pending":[{"type":"request_permission","agentName":"b","toolName":"run_command","resource":"ls"}]}
        """;
    assertThat(new RunPage(false).text(Json.parse(snapshot).orElseThrow(), Optional.empty()))
        .isEqualTo(
            """
            Run r1
              status    running
              strategy  talk[2J
              agents    a, b
              usage     33 tokens in, 44 out, in 2 calls

            Input
            lost

            Input
            one

            a  (summarised since)
            > one
            first

            b
            > x
            > 2
            > 3
            > 4
            > 5
            > 6
            > … 2 more lines
            second

            Input
            at the end

            a was saying
            hal

            b is saying
            so far

            Waiting for permission, for b
            run_command ls
            """);
  }

  @Test
  void saysHowARunEnded() {
    String failed =
        """
        {"runId":"r1","status":"error","strategyName":"talk","agents":[],"conversation":{},
         "error":{"code":"EXECUTION_ERROR","message":"no"}}
        """;
    assertThat(new RunPage(false).text(Json.parse(failed).orElseThrow(), Optional.empty()))
        .contains("  status    error\n  because   EXECUTION_ERROR: no\n");
  }
}
