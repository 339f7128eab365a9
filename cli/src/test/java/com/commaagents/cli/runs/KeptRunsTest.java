package com.commaagents.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.cli.client.DaemonClient;
import com.commaagents.cli.daemon.RunFiles;
import com.commaagents.cli.testing.FakeDaemon;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class KeptRunsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, KeptRuns.PAGE - 1, KeptRuns.PAGE, KeptRuns.PAGE + 1, 2 * KeptRuns.PAGE})
  void asksForAllRunsInPages(int count) throws Exception {
    try (FakeDaemon fake = new FakeDaemon(0, (message, to) -> page(message, to, count));
        DaemonClient client = connect(fake)) {
      List<RunRow> all = new KeptRuns(client, new RunFiles(folder)).all();
      assertThat(all)
          .extracting(row -> row.runId().value())
          .isEqualTo(IntStream.range(0, count).mapToObj(i -> "run-" + i).toList());
      assertThat(fake.received()).hasSize(count / KeptRuns.PAGE + 1);
    }
  }

  @Test
  void handsOnWhatTheDaemonSaysWhenItRefuses() throws Exception {
    try (FakeDaemon fake = new FakeDaemon(0, KeptRunsTest::refuse);
        DaemonClient client = connect(fake)) {
      assertThatThrownBy(
              () -> new KeptRuns(client, new RunFiles(folder)).delete(new RunId("run-1")))
          .isInstanceOf(Fault.class)
          .hasMessage("Run is live: run-1. Stop it first.")
          .extracting(fault -> ((Fault) fault).code())
          .isEqualTo(FaultCode.CONFLICT);
    }
  }

  private static DaemonClient connect(FakeDaemon fake) throws InterruptedException {
    return DaemonClient.connect(
        URI.create("ws://127.0.0.1:" + fake.port() + "/ws"), Optional.empty());
  }

  private static void page(JsonNode message, FakeDaemon.Connection to, int count)
      throws IOException {
    // What is no answer is passed over.
    to.send("{\"type\":\"steer_queued\",\"requestId\":\"other\"}");
    int from =
        Json.text(message, "before")
            .map(id -> Integer.parseInt(id.substring("run-".length())) + 1)
            .orElse(0);
    ObjectNode answer = Json.object().put("type", "run_list");
    ArrayNode runs = answer.putArray("runs");
    for (int i = from; i < Math.min(count, from + message.path("limit").asInt()); i++) {
      runs.addObject()
          .put("runId", "run-" + i)
          .put("status", "completed")
          .put("startedAt", "2026-11-25T18:00:00.000Z");
    }
    to.send(Json.write(answer.put("requestId", message.path("requestId").asString())));
  }

  private static void refuse(JsonNode message, FakeDaemon.Connection to) throws IOException {
    to.send(
        Json.write(
            Json.object()
                .put("type", "error")
                .put("code", "DELETE_FAILED")
                .put("message", "Run is live: run-1. Stop it first.")
                .put("requestId", message.path("requestId").asString())));
  }
}
