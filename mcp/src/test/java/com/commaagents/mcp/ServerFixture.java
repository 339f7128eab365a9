package com.commaagents.mcp;

import com.commaagents.base.json.Json;
import com.commaagents.engine.tool.McpServers;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A [TestServer] that listens, and connections to it and to programs of it.
final class ServerFixture implements AutoCloseable {
  static final String SECRET = "sesame-4711";

  private final Path folder;
  private final RemoteTestServer remote;

  ServerFixture(Path folder) throws IOException {
    this.folder = folder;
    this.remote = new RemoteTestServer();
  }

  RemoteTestServer remote() {
    return remote;
  }

  /// Connects to a server, as `s`.
  McpServers.Connections connect(JsonNode definition) throws InterruptedException {
    LinkedHashMap<String, JsonNode> one = new LinkedHashMap<>();
    one.put("s", definition);
    return open(one);
  }

  McpServers.Connections open(SequencedMap<String, JsonNode> definitions)
      throws InterruptedException {
    McpServers.Connections connections =
        new ConnectingServers(
                new TestPrograms(),
                name -> name.equals("MY_SECRET") ? Optional.of(SECRET) : Optional.empty())
            .open(folder);
    connections.connect(definitions);
    return connections;
  }

  /// Of the test server, as it is reached over a transport.
  JsonNode definition(String transport) {
    if (transport.equals("stdio")) {
      return stdio();
    }
    return definition(transport, transport.equals("http") ? "/mcp" : "/sse");
  }

  /// Of what the test server has at another path.
  JsonNode definition(String transport, String path) {
    ObjectNode node = Json.object().put("transport", transport).put("url", remote.address(path));
    node.putObject("headers").putObject("Authorization").put("env", "MY_SECRET");
    return node;
  }

  static JsonNode stdio(String... arguments) {
    List<String> command = TestPrograms.testServer(arguments);
    ObjectNode node = Json.object().put("transport", "stdio").put("command", command.getFirst());
    ArrayNode args = node.putArray("args");
    command.stream().skip(1).forEach(args::add);
    node.putObject("env").putObject("SECRET").put("env", "MY_SECRET");
    return node;
  }

  static String call(McpServers.Connections servers, String tool, String arguments)
      throws InterruptedException {
    Tool found =
        servers.of("s").stream()
            .filter(each -> each.spec().name().equals("mcp__s__" + tool))
            .findFirst()
            .orElseThrow();
    return found.call(
        Json.parse(arguments).orElseThrow(), new ToolCallContext("agent", "0", "call"));
  }

  @Override
  public void close() {
    remote.close();
  }
}
