package com.commaagents.mcp.connection;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.mcp.definition.ServerDefinition;
import com.commaagents.mcp.definition.Value;
import com.commaagents.mcp.definition.Values;
import com.commaagents.mcp.program.Programs;
import com.commaagents.mcp.program.Programs.Program;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.customizer.McpSyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Connects to servers. Thread-safe.
///
/// Limits: a server has [Connection#CONNECT_PATIENCE] to answer; a message over HTTP has at most
/// [#MAX_HTTP_BYTES].
public final class Connector {
  static final int MAX_HTTP_BYTES = 8 << 20;

  private final Programs programs;
  private final Function<String, Optional<String>> environment;
  private final McpJsonMapper mapper = WireMapper.make();

  /// @param environment the daemon's variables, for values that refer to one
  public Connector(Programs programs, Function<String, Optional<String>> environment) {
    this.programs = programs;
    this.environment = environment;
  }

  /// Starts or reaches a server, and asks for its tools. What fails leaves nothing behind.
  ///
  /// @param directory where the program of a stdio server runs that names no other
  /// @param whenToolsChange is called, on any thread, when the server says that its tools have
  ///   changed
  /// @throws Fault `INVALID_INPUT` when a value cannot be used, `UPSTREAM` when the server cannot
  ///   be reached; neither shows a value
  public Connection connect(
      String serverId, ServerDefinition definition, Path directory, Runnable whenToolsChange)
      throws InterruptedException {
    Values values = new Values(environment);
    return switch (definition) {
      case ServerDefinition.Stdio stdio -> {
        ServerWatch watch = ServerWatch.ofRequests();
        McpClientTransport wire = start(serverId, stdio, directory, values, watch);
        yield Connection.open(serverId, wire, watch, values, whenToolsChange);
      }
      case ServerDefinition.Remote remote -> {
        ServerWatch watch =
            switch (remote.protocol()) {
              case STREAMABLE -> ServerWatch.ofRequests();
              case SSE -> ServerWatch.ofStream();
            };
        McpClientTransport wire = remote(remote, values, watch);
        yield Connection.open(serverId, wire, watch, values, whenToolsChange);
      }
    };
  }

  private StdioTransport start(
      String serverId,
      ServerDefinition.Stdio stdio,
      Path directory,
      Values values,
      ServerWatch watch)
      throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(values.read(stdio.command(), "command"));
    for (Value argument : stdio.args()) {
      command.add(values.read(argument, "args"));
    }
    Map<String, String> variables = values.secrets(stdio.env(), "env");
    try {
      Path folder =
          stdio.cwd().map(value -> directory.resolve(values.read(value, "cwd"))).orElse(directory);
      Program program = programs.start(new Programs.Request(command, folder, directory, variables));
      return new StdioTransport(serverId, program, mapper, watch.lost());
    } catch (InvalidPathException noPath) {
      throw new Fault(FaultCode.INVALID_INPUT, "cwd is not a path");
    } catch (IOException notStarted) {
      throw new Fault(
          FaultCode.UPSTREAM,
          values.masked("its program cannot be started: " + notStarted.getMessage()));
    }
  }

  private McpClientTransport remote(
      ServerDefinition.Remote remote, Values values, ServerWatch watch) {
    URI url = url(values.secret(remote.url(), "url"));
    Map<String, String> headers = values.secrets(remote.headers(), "headers");
    McpSyncHttpClientRequestCustomizer withHeaders =
        (request, _, _, body, _) -> {
          headers.forEach(request::setHeader);
          Optional.ofNullable(body)
              .flatMap(CancellingTransport::call)
              .ifPresent(call -> request.setHeader(WatchedHttp.CALL, call));
        };
    WatchedHttpBuilder client = new WatchedHttpBuilder(watch);
    return switch (remote.protocol()) {
      case STREAMABLE -> streamable(url, client, withHeaders);
      case SSE -> sse(url, client, withHeaders);
    };
  }

  private McpClientTransport streamable(
      URI url, HttpClient.Builder client, McpSyncHttpClientRequestCustomizer withHeaders) {
    return HttpClientStreamableHttpTransport.builder(server(url))
        .clientBuilder(client)
        .endpoint(place(url))
        .jsonMapper(mapper)
        .connectTimeout(Connection.CONNECT_PATIENCE)
        .maxResponseSize(MAX_HTTP_BYTES)
        .addHttpRequestCustomizer(withHeaders)
        .build();
  }

  // The protocol has replaced this way, and servers still speak it.
  @SuppressWarnings("deprecation")
  private McpClientTransport sse(
      URI url, HttpClient.Builder client, McpSyncHttpClientRequestCustomizer withHeaders) {
    return HttpClientSseClientTransport.builder(server(url))
        .clientBuilder(client)
        .sseEndpoint(place(url))
        .jsonMapper(mapper)
        .connectTimeout(Connection.CONNECT_PATIENCE)
        .maxResponseSize(MAX_HTTP_BYTES)
        .addHttpRequestCustomizer(withHeaders)
        .build();
  }

  private static String server(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  private static String place(URI url) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return path + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException noUrl) {
      throw new Fault(FaultCode.INVALID_INPUT, "url is not a URL");
    }
    throw new Fault(FaultCode.INVALID_INPUT, "url is no http:// or https:// URL");
  }
}
