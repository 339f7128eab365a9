package com.commaagents.mcp.connection;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.mcp.definition.Values;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/// A connection to a server. Blocking; an interruption gives up what it waits for, and the server
/// is told. Thread-safe.
///
/// Limits: [#CONNECT_PATIENCE] until a server has said what it is and which tools it has,
/// [#CALL_PATIENCE] for a call, and [#RESUME_PATIENCE] for the rest of an answer that broke off; of
/// more than [#MAX_TOOLS] tools the rest is left out; results as [ResultText]; a text of the server
/// in an error is cut at [#MAX_ERROR_CHARACTERS].
public final class Connection implements AutoCloseable {
  public static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);
  static final Duration CALL_PATIENCE = Duration.ofMinutes(10);
  static final Duration RESUME_PATIENCE = Duration.ofSeconds(5);
  static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);
  static final int MAX_TOOLS = 256;
  static final int MAX_PAGES = 64;
  static final int MAX_ERROR_CHARACTERS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final String serverId;
  private final CancellingTransport wire;
  private final McpAsyncClient client;
  private final ServerWatch watch;
  private final Values values;
  private final Patience patience;
  private final AtomicLong calls = new AtomicLong();

  /// How long what is waited for.
  record Patience(Duration connect, Duration call, Duration resume, Duration close) {
    static final Patience USUAL =
        new Patience(CONNECT_PATIENCE, CALL_PATIENCE, RESUME_PATIENCE, CLOSE_PATIENCE);
  }

  private Connection(
      String serverId,
      CancellingTransport wire,
      ServerWatch watch,
      Values values,
      Patience patience,
      Runnable whenToolsChange) {
    this.serverId = serverId;
    this.wire = wire;
    this.watch = watch;
    this.values = values;
    this.patience = patience;
    this.client =
        McpClient.async(wire)
            .clientInfo(Implementation.builder("comma", "0.1.0").build())
            // A little more than is waited for here, so that there is one message for it.
            .initializationTimeout(patience.connect().plusSeconds(1))
            .requestTimeout(patience.call().plusSeconds(1))
            // Results are told as they come; arguments are checked by the engine.
            .jsonSchemaValidator((_, _) -> ValidationResponse.asValid(""))
            .toolsChangeConsumer(_ -> Mono.fromRunnable(whenToolsChange))
            .build();
  }

  /// Says hello within [#CONNECT_PATIENCE], or closes the transport again.
  static Connection open(
      String serverId,
      McpClientTransport transport,
      ServerWatch watch,
      Values values,
      Runnable whenToolsChange)
      throws InterruptedException {
    return open(serverId, transport, watch, values, Patience.USUAL, whenToolsChange);
  }

  static Connection open(
      String serverId,
      McpClientTransport transport,
      ServerWatch watch,
      Values values,
      Patience patience,
      Runnable whenToolsChange)
      throws InterruptedException {
    Connection connection =
        new Connection(
            serverId, new CancellingTransport(transport), watch, values, patience, whenToolsChange);
    boolean open = false;
    try {
      connection.await(connection.client.initialize(), patience.connect(), "to connecting");
      open = true;
      return connection;
    } finally {
      if (!open) {
        connection.close();
      }
    }
  }

  /// Whether the server can no longer be spoken to.
  public boolean isLost() {
    return watch.lost().isDone();
  }

  /// The tools the server offers now, in its order.
  ///
  /// @throws Fault `UPSTREAM`
  public List<OfferedTool> tools() throws InterruptedException {
    List<OfferedTool> tools = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      Mono<ListToolsResult> next = cursor.map(client::listTools).orElseGet(this::firstPage);
      ListToolsResult result = await(next, patience.connect(), "when asked for its tools");
      result.tools().stream().map(Connection::offered).forEach(tools::add);
      cursor = Optional.ofNullable(result.nextCursor()).filter(text -> !text.isEmpty());
      if (cursor.isEmpty() || tools.size() >= MAX_TOOLS) {
        break;
      }
    }
    if (cursor.isPresent() || tools.size() > MAX_TOOLS) {
      LOG.warn("MCP server {} has many tools; only the first {} count", serverId, MAX_TOOLS);
    }
    return List.copyOf(tools.subList(0, Math.min(tools.size(), MAX_TOOLS)));
  }

  // The call without a cursor would gather all pages, however many there are.
  private Mono<ListToolsResult> firstPage() {
    return client.listTools(McpSchema.FIRST_PAGE);
  }

  /// Calls a tool and returns what a model is told; also when the tool reports a failure.
  ///
  /// @throws Fault `UPSTREAM` when the call was refused, took too long, or the server is lost; says
  ///   what to do next
  public String call(String tool, JsonNode arguments) throws InterruptedException {
    String mark = Long.toString(calls.incrementAndGet());
    CallToolRequest request =
        new CallToolRequest(
            tool,
            Json.mapper().convertValue(arguments, new TypeReference<Map<String, Object>>() {}),
            Map.of(CancellingTransport.MARK, mark));
    Mono<CallToolResult> brokenOff =
        Mono.fromFuture(watch.begin(mark), true)
            .delayElement(patience.resume())
            .flatMap(reason -> Mono.error(new LostException(reason)));
    boolean ended = false;
    try {
      Mono<CallToolResult> answer = Mono.firstWithSignal(client.callTool(request), brokenOff);
      String text = ResultText.of(await(answer, patience.call(), "to the call", Optional.of(mark)));
      ended = true;
      return text;
    } finally {
      watch.end(mark);
      wire.ended(mark, !ended);
    }
  }

  /// Ends the connection, and the program with all that came from it.
  @Override
  public void close() {
    CompletableFuture<Void> closed = client.closeGracefully().toFuture();
    boolean interrupted = Thread.interrupted();
    try {
      closed.get(patience.close().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException impolite) {
      closed.cancel(true);
    }
    wire.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T await(Mono<T> answer, Duration longest, String to) throws InterruptedException {
    return await(answer, longest, to, Optional.empty());
  }

  private <T> T await(Mono<T> answer, Duration longest, String to, Optional<String> call)
      throws InterruptedException {
    Mono<T> broken =
        Mono.fromFuture(watch.lost(), true)
            .flatMap(reason -> Mono.error(new LostException(reason)));
    CompletableFuture<T> future = Mono.firstWithSignal(answer, broken).toFuture();
    try {
      return future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException cancelled) {
      future.cancel(true);
      throw cancelled;
    } catch (TimeoutException late) {
      future.cancel(true);
      throw fault("did not answer " + to + " within " + longest.toSeconds() + " s");
    } catch (ExecutionException failed) {
      throw fault(reason(Optional.ofNullable(failed.getCause()).orElse(failed), call));
    }
  }

  private String reason(Throwable failure, Optional<String> call) {
    return switch (failure) {
      case LostException lost -> lost.reason;
      case McpError refused -> "refuses: " + refused.getMessage();
      default ->
          watch
              .refusal(call)
              .orElseGet(() -> "failed: " + McpError.aggregateExceptionMessages(failure));
    };
  }

  // Without the cause: its message may hold what is masked here.
  private Fault fault(String what) {
    String text = values.masked(what);
    String shown =
        text.length() > MAX_ERROR_CHARACTERS
            ? text.substring(0, MAX_ERROR_CHARACTERS) + " [cut]"
            : text;
    return new Fault(FaultCode.UPSTREAM, "MCP server " + serverId + " " + shown);
  }

  private static OfferedTool offered(Tool tool) {
    JsonNode schema =
        tool.inputSchema() == null
            ? Json.object().put("type", "object")
            : Json.mapper().valueToTree(tool.inputSchema());
    return new OfferedTool(
        tool.name(),
        Optional.ofNullable(tool.description()).orElse(""),
        schema,
        tool.annotations() != null && Boolean.TRUE.equals(tool.annotations().idempotentHint()));
  }

  /// The server, or its answer, ended while it was waited for.
  private static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    LostException(String reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
