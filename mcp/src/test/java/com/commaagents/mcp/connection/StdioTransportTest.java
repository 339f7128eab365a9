package com.commaagents.mcp.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.mcp.program.Programs.Program;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

@Timeout(60)
final class StdioTransportTest {
  /// A program that reads nothing until it is ended.
  private static final class Deaf implements Program {
    final CountDownLatch writing = new CountDownLatch(1);
    final CountDownLatch ended = new CountDownLatch(1);
    private final PipedInputStream silence = new PipedInputStream();
    private final PipedOutputStream open;

    Deaf() throws IOException {
      this.open = new PipedOutputStream(silence);
    }

    @Override
    public OutputStream input() {
      return new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          writing.countDown();
          try {
            ended.await();
          } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
          }
          throw new IOException("closed");
        }
      };
    }

    @Override
    public InputStream output() {
      return silence;
    }

    @Override
    public InputStream errors() {
      return new ByteArrayInputStream("I am deaf".getBytes(UTF_8));
    }

    @Override
    public void end() {
      ended.countDown();
      try {
        open.close();
      } catch (IOException twice) {
        throw new AssertionError(twice);
      }
    }
  }

  @Test
  void keepsSomeMessagesForAServerThatDoesNotRead() throws Exception {
    Deaf program = new Deaf();
    CompletableFuture<String> lost = new CompletableFuture<>();
    StdioTransport wire = new StdioTransport("s", program, WireMapper.make(), lost);
    wire.connect(messages -> messages).block();
    send(wire).block();
    program.writing.await();
    for (int i = 0; i < StdioTransport.MAX_WAITING; i++) {
      assertThatCode(() -> send(wire).block()).doesNotThrowAnyException();
    }

    assertThatThrownBy(() -> send(wire).block())
        .hasRootCauseMessage("it does not read what it is sent");
    wire.close();
    assertThat(lost.get(10, TimeUnit.SECONDS)).isNotEmpty();
  }

  private static Mono<Void> send(StdioTransport wire) {
    return wire.sendMessage(new JSONRPCNotification("notifications/x", Map.of()));
  }
}
