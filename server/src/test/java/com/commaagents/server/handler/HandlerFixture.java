package com.commaagents.server.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.ClientId;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.DaemonMessage;
import com.commaagents.protocol.message.ReplyHeader;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.server.fakes.FakeConnection;
import com.commaagents.server.fakes.FakeHost;
import com.commaagents.server.fakes.FakeModels;
import com.commaagents.server.fakes.FakePackages;
import com.commaagents.server.fakes.FakeProviders;
import com.commaagents.server.fakes.FakeTools;
import com.commaagents.server.fakes.FixedClock;
import com.commaagents.server.fakes.Strategies;
import com.commaagents.server.http.WebSocketListener;
import com.commaagents.server.session.SessionEndpoint;
import com.commaagents.server.session.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A request handler over a real run system, and clients that are told its events.
final class HandlerFixture implements AutoCloseable {
  final FakeModels models = new FakeModels();
  final FakeHost host = new FakeHost();
  final FakeProviders providers = new FakeProviders();
  final FakePackages packages = new FakePackages();
  final RunSystem runs;
  final RequestHandler handler;
  private final Path folder;
  private final FakeTools tools = new FakeTools();
  private final SessionEndpoint endpoint;
  private final AtomicInteger clients = new AtomicInteger();

  HandlerFixture(Path folder) {
    this.folder = folder;
    Sessions sessions = new Sessions();
    runs =
        RunSystem.open(RunSystemOptions.of(new MemoryRunStore(), models, tools).withSink(sessions));
    handler = new RequestHandler(runs, host, providers, packages, new FixedClock());
    endpoint = new SessionEndpoint(sessions, handler, () -> "client-" + clients.incrementAndGet());
  }

  /// A connected client.
  Client connect() {
    FakeConnection connection = new FakeConnection();
    WebSocketListener listener = endpoint.connected(connection);
    return new Client(new ClientId("client-" + clients.get()), connection, listener);
  }

  /// What a client asks the handler directly, and the events it is told.
  final class Client {
    final ClientId id;
    final FakeConnection events;
    final WebSocketListener listener;

    private Client(ClientId id, FakeConnection events, WebSocketListener listener) {
      this.id = id;
      this.events = events;
      this.listener = listener;
    }

    Optional<DaemonMessage> ask(ClientMessage request) throws InterruptedException {
      return handler.handle(id, request);
    }

    /// Prepares a new run of the strategy `NAME.yaml`, with the strategy's name as its id.
    void prepares(String strategy) throws InterruptedException {
      assertThat(ask(preparation(strategy, strategy)).orElseThrow())
          .isInstanceOf(DaemonMessage.RunPrepared.class);
    }

    void starts(String runId) throws InterruptedException {
      assertThat(ask(new ClientMessage.StartRun(runId, Optional.of("hello"), Optional.empty())))
          .isEmpty();
    }

    /// Runs a strategy to its end.
    void completes(String strategy) throws InterruptedException {
      prepares(strategy);
      starts(strategy);
      runs.await(strategy);
    }
  }

  /// A request for a new run of `NAME.yaml`.
  ClientMessage.PrepareRun preparation(String strategy, String runId) {
    return new ClientMessage.PrepareRun(
        Optional.of(runId),
        Optional.of(strategy + ".yaml"),
        Optional.empty(),
        Optional.of(folder.toString()),
        Optional.empty(),
        Optional.empty(),
        Optional.of("r"));
  }

  void strategy(String name) throws IOException {
    Strategies.of(folder, name);
  }

  /// The error reply to the request `r`.
  static DaemonMessage error(String code, String message) {
    return new DaemonMessage.ErrorReply(header(), code, message);
  }

  static ReplyHeader header() {
    return new ReplyHeader(FixedClock.NOW, Optional.of("r"));
  }

  @Override
  public void close() {
    runs.close();
    assertThat(tools.open).hasValue(0);
  }
}
