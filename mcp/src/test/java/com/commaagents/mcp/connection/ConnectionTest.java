package com.commaagents.mcp.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.json.Json;
import com.commaagents.mcp.connection.Connection.Patience;
import com.commaagents.mcp.definition.Value;
import com.commaagents.mcp.definition.Values;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
final class ConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final ServerWatch watch = ServerWatch.ofRequests();
  private final Values values = new Values(_ -> Optional.empty());

  @Test
  void takesAsManyToolsAsItMayFromOnePage() throws InterruptedException {
    assertThat(tools(Connection.MAX_TOOLS, Integer.MAX_VALUE)).isEqualTo(Connection.MAX_TOOLS);
    assertThat(tools(Connection.MAX_TOOLS + 1, Integer.MAX_VALUE)).isEqualTo(Connection.MAX_TOOLS);
  }

  @Test
  void asksForAsManyPagesAsItMay() throws InterruptedException {
    assertThat(tools(Connection.MAX_PAGES, 1)).isEqualTo(Connection.MAX_PAGES);
    assertThat(tools(Connection.MAX_PAGES + 1, 1)).isEqualTo(Connection.MAX_PAGES);
  }

  /// How many tools are seen of a server that offers them on pages of a size.
  private int tools(int offered, int pageSize) throws InterruptedException {
    AtomicInteger given = new AtomicInteger();
    try (Connection connection =
        open(new FakeWire((_, _) -> Optional.of(page(given, offered, pageSize))))) {
      return connection.tools().size();
    }
  }

  private static ObjectNode page(AtomicInteger given, int offered, int pageSize) {
    ObjectNode page = Json.object();
    ObjectNode result = page.putObject("result");
    ArrayNode tools = result.putArray("tools");
    while (tools.size() < pageSize && given.get() < offered) {
      ObjectNode tool = tools.addObject().put("name", "t" + given.incrementAndGet());
      tool.putObject("inputSchema").put("type", "object");
    }
    if (given.get() < offered) {
      result.put("nextCursor", "more");
    }
    return page;
  }

  @Test
  void cutsWhatAServerSaysInAnError() throws InterruptedException {
    String start = "MCP server s refuses: ";
    String most = "x".repeat(Connection.MAX_ERROR_CHARACTERS - "refuses: ".length());
    assertThat(refused(most)).isEqualTo(start + most);
    assertThat(refused(most + "y")).isEqualTo(start + most + " [cut]");
  }

  @Test
  void masksSecretsInWhatAServerSays() throws InterruptedException {
    values.secret(new Value.Literal("sesame"), "env.KEY");
    assertThat(refused("sesame is wrong")).isEqualTo("MCP server s refuses: *** is wrong");
  }

  private String refused(String message) throws InterruptedException {
    BiFunction<String, JsonNode, Optional<ObjectNode>> refusing =
        (_, _) -> {
          ObjectNode answer = Json.object();
          answer.putObject("error").put("code", -32000).put("message", message);
          return Optional.of(answer);
        };
    try (Connection connection = open(new FakeWire(refusing))) {
      return failure(connection);
    }
  }

  private static String failure(Connection connection) throws InterruptedException {
    try {
      return "answered " + connection.call("look", Json.object());
    } catch (Fault told) {
      return told.message();
    }
  }

  @Test
  void waitsForACallNoLongerThanItMayAndTellsTheServer() throws InterruptedException {
    FakeWire silent = new FakeWire((_, _) -> Optional.empty());
    try (Connection connection = open(silent, new Patience(LONG, SHORT, LONG, LONG))) {
      assertThat(failure(connection))
          .isEqualTo("MCP server s did not answer to the call within 0 s");
      assertThat(silent.methods).endsWith("tools/call", "notifications/cancelled");
    }
  }

  @Test
  void waitsForTheRestOfAnAnswerThatBrokeOffNoLongerThanItMay() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    FakeWire breaking =
        new FakeWire((_, params) -> {
          Optional<String> call = Json.text(params.path("_meta"), CancellingTransport.MARK);
          watch.ended(HttpRequest.newBuilder(URI.create("http://s/")).build(), call, false);
          return calls.getAndIncrement() == 0 ? Optional.empty() : Optional.of(said("x"));
        });
    try (Connection connection = open(breaking, new Patience(LONG, LONG, SHORT, LONG))) {
      assertThat(failure(connection)).isEqualTo("MCP server s ended its answer too early");
      assertThat(failure(connection)).as("it came all the same").isEqualTo("answered x");
    }
  }

  private static ObjectNode said(String text) {
    ObjectNode answer = Json.object();
    answer
        .putObject("result")
        .putArray("content")
        .addObject()
        .put("type", "text")
        .put("text", text);
    return answer;
  }

  @Test
  void waitsForAGoodbyeNoLongerThanItMay() throws InterruptedException {
    FakeWire rude = new FakeWire((_, _) -> Optional.empty());
    rude.polite = false;
    Connection connection = open(rude, new Patience(LONG, LONG, LONG, SHORT));
    long start = System.nanoTime();
    connection.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, LONG);
    assertThat(rude.closed).isTrue();
  }

  @Test
  void isOpenedOnlyWhereTheServerSaysHello() {
    FakeWire mute = new FakeWire((_, _) -> Optional.empty());
    mute.mute = true;
    assertThatThrownBy(() -> open(mute, new Patience(SHORT, LONG, LONG, SHORT)))
        .isInstanceOf(Fault.class)
        .hasMessage("MCP server s did not answer to connecting within 0 s");
    assertThat(mute.closed).isTrue();
  }

  private Connection open(FakeWire wire) throws InterruptedException {
    return open(wire, Patience.USUAL);
  }

  private Connection open(FakeWire wire, Patience patience) throws InterruptedException {
    return Connection.open("s", wire, watch, values, patience, () -> {});
  }
}
