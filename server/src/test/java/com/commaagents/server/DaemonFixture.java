package com.commaagents.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.protocol.message.ClientMessage;
import com.commaagents.protocol.message.RunLimits;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.store.MemoryRunStore;
import com.commaagents.runs.store.RunStore;
import com.commaagents.server.fakes.FakeHost;
import com.commaagents.server.fakes.FakeModels;
import com.commaagents.server.fakes.FakePackages;
import com.commaagents.server.fakes.FakeProviders;
import com.commaagents.server.fakes.FakeTools;
import com.commaagents.server.fakes.Strategies;
import com.commaagents.server.http.HttpSettings;
import com.commaagents.server.session.Sessions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A whole daemon on a free port, in this process, with fakes for models, tools and host.
final class DaemonFixture implements AutoCloseable {
  final FakeModels models = new FakeModels();
  final FakeTools tools = new FakeTools();
  final FakeHost host = new FakeHost();
  final FakeProviders providers = new FakeProviders();
  final RunSystem runs;
  final Daemon daemon;
  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  DaemonFixture(Path folder) throws InterruptedException {
    this(folder, new MemoryRunStore(), HttpSettings.local(0));
  }

  DaemonFixture(Path folder, RunStore store, HttpSettings settings) throws InterruptedException {
    this.folder = folder;
    Sessions sessions = new Sessions();
    runs = RunSystem.open(RunSystemOptions.of(store, models, tools).withSink(sessions));
    daemon =
        Daemon.start(
            settings,
            runs,
            sessions,
            host,
            providers,
            new FakePackages(),
            Clock.system(),
            IdGenerator.random());
  }

  WireClient connect() {
    return new WireClient(http, daemon.port());
  }

  WireClient connectStalled() {
    return WireClient.stalled(http, daemon.port());
  }

  /// Prepares a new run of the strategy `NAME.yaml`.
  ///
  /// @return its id
  String prepare(WireClient client, String strategy) throws InterruptedException {
    return prepare(client, strategy, Optional.empty());
  }

  String prepare(WireClient client, String strategy, Optional<RunLimits> limits)
      throws InterruptedException {
    client.send(request(Optional.empty(), strategy, limits));
    return client.next("run_prepared").path("runId").stringValue();
  }

  /// Wants a new run of the strategy `NAME.yaml` to be prepared under an id.
  ClientMessage request(String runId, String strategy) {
    return request(Optional.of(runId), strategy, Optional.empty());
  }

  private ClientMessage request(
      Optional<String> runId, String strategy, Optional<RunLimits> limits) {
    return new ClientMessage.PrepareRun(
        runId,
        Optional.of(strategy + ".yaml"),
        Optional.empty(),
        Optional.of(folder.toString()),
        Optional.empty(),
        limits,
        Optional.empty());
  }

  void start(WireClient client, String runId) {
    client.send(new ClientMessage.StartRun(runId, Optional.of("hello"), Optional.of("start-1")));
  }

  void strategy(String name) throws IOException {
    Strategies.of(folder, name);
  }

  void cycle(String name, int cycles) throws IOException {
    Strategies.cycle(folder, name, cycles);
  }

  JsonNode health() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + "/health")).build();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return Json.parse(answer.body()).orElseThrow();
  }

  @Override
  public void close() {
    daemon.close();
    http.shutdownNow();
    http.close();
    assertThat(tools.open).hasValue(0);
  }
}
