package com.commaagents.mcp.connection;

import com.commaagents.mcp.program.Programs.Program;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// Messages as lines over the streams of a program.
///
/// The library's own transport neither ends what a server started nor tells when it has ended, and
/// keeps all it writes to its error stream. Three daemon threads serve the streams: such a read or
/// write cannot be interrupted, and ends when the program is ended.
///
/// Limits: [#MAX_WAITING] messages wait for a server that does not read; a line as [LineReader],
/// the error stream as [Tail]. What is no message is left out and logged.
final class StdioTransport implements McpClientTransport {
  static final int MAX_WAITING = 256;

  private static final Logger LOG = LoggerFactory.getLogger(StdioTransport.class);

  private final String serverId;
  private final Program program;
  private final McpJsonMapper mapper;
  private final Tail errors = new Tail();
  private final BlockingQueue<String> outgoing = new ArrayBlockingQueue<>(MAX_WAITING);
  private final CountDownLatch errorsRead = new CountDownLatch(1);
  private final CompletableFuture<String> lost;

  /// @param lost completes once the server is no longer there, with what is told of it
  StdioTransport(
      String serverId, Program program, McpJsonMapper mapper, CompletableFuture<String> lost) {
    this.serverId = serverId;
    this.program = program;
    this.mapper = mapper;
    this.lost = lost;
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    return Mono.fromRunnable(() -> {
      thread("errors", this::readErrors);
      thread("out", () -> readMessages(handler));
      thread("in", this::write);
    });
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.defer(() -> {
      try {
        if (outgoing.offer(mapper.writeValueAsString(message))) {
          return Mono.empty();
        }
        return Mono.error(new IOException("it does not read what it is sent"));
      } catch (IOException notWritten) {
        return Mono.error(notWritten);
      }
    });
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(this::end);
  }

  @Override
  public void close() {
    end();
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return mapper.convertValue(data, type);
  }

  private void end() {
    program.end();
    lost.complete("is gone: it was closed");
  }

  private void thread(String stream, Runnable work) {
    Thread.ofPlatform().daemon().name("mcp-" + stream + "-" + serverId).start(work);
  }

  private void readMessages(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    String reason = "its program ended";
    try {
      LineReader lines = new LineReader(program.output());
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        if (!line.get().isBlank()) {
          receive(line.get(), handler);
        }
      }
    } catch (IOException broken) {
      reason = String.valueOf(broken.getMessage());
    }
    program.end();
    lost.complete("is gone: " + withLastWords(reason));
  }

  // Both streams end with the program, in any order.
  private String withLastWords(String reason) {
    try {
      boolean all = errorsRead.await(1, TimeUnit.SECONDS);
      LOG.trace("MCP server {} has ended; all of its errors read: {}", serverId, all);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    String last = errors.text();
    return last.isEmpty() ? reason : reason + "; the last it wrote: " + last;
  }

  private void receive(String line, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    try {
      JSONRPCMessage message = McpSchema.deserializeJsonRpcMessage(mapper, line);
      handler
          .apply(Mono.just(message))
          .subscribe(
              _ -> {}, failure -> LOG.debug("MCP server {}: {}", serverId, failure.getClass()));
    } catch (IOException | RuntimeException noMessage) {
      // The border to a program that may write anything; its text may be secret.
      LOG.warn("MCP server {} wrote a line that is no message; left out", serverId);
    }
  }

  private void readErrors() {
    byte[] buffer = new byte[8 << 10];
    try {
      for (int count = program.errors().read(buffer);
          count != -1;
          count = program.errors().read(buffer)) {
        errors.add(buffer, count);
      }
    } catch (IOException closed) {
      LOG.trace("MCP server {} closed its error stream", serverId);
    } finally {
      errorsRead.countDown();
    }
  }

  private void write() {
    try (OutputStream out = program.input()) {
      while (!lost.isDone()) {
        String message = outgoing.poll(1, TimeUnit.SECONDS);
        if (message != null) {
          out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      }
    } catch (IOException closed) {
      LOG.debug("MCP server {} takes no more messages", serverId);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
