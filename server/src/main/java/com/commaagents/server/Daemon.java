package com.commaagents.server;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.json.Json;
import com.commaagents.base.time.Clock;
import com.commaagents.base.time.Timestamps;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.store.StoreHealth;
import com.commaagents.server.handler.HostServices;
import com.commaagents.server.handler.PackageServices;
import com.commaagents.server.handler.ProviderServices;
import com.commaagents.server.handler.RequestHandler;
import com.commaagents.server.http.HealthSource;
import com.commaagents.server.http.HttpServer;
import com.commaagents.server.http.HttpSettings;
import com.commaagents.server.session.SessionEndpoint;
import com.commaagents.server.session.Sessions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// A run system that clients reach over WebSockets.
public final class Daemon implements AutoCloseable {
  private final RunSystem runs;
  private final HttpServer http;

  private Daemon(RunSystem runs, HttpServer http) {
    this.runs = runs;
    this.http = http;
  }

  /// Listens; returns when clients can connect.
  ///
  /// @param sessions the sink the run system publishes to
  /// @throws com.commaagents.base.fault.Fault when it cannot listen there
  public static Daemon start(
      HttpSettings settings,
      RunSystem runs,
      Sessions sessions,
      HostServices host,
      ProviderServices providers,
      PackageServices packages,
      Clock clock,
      IdGenerator ids)
      throws InterruptedException {
    RequestHandler handler = new RequestHandler(runs, host, providers, packages, clock);
    HttpServer http =
        HttpServer.start(
            settings,
            new SessionEndpoint(sessions, handler, ids),
            new Health(runs, sessions, host.confinement(), clock, clock.nanos()));
    return new Daemon(runs, http);
  }

  public int port() {
    return http.port();
  }

  /// Stops every run, tells and closes every client, and returns when that is done; bounded by
  /// [RunSystem#SHUTDOWN_PATIENCE] and the closing of the sockets.
  @Override
  public void close() {
    // Runs first: their clients are still there to be told.
    runs.close();
    try {
      http.close();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private record Health(
      RunSystem runs,
      Sessions sessions,
      Map<String, String> confinement,
      Clock clock,
      long startedNanos)
      implements HealthSource {
    @Override
    public byte[] details() {
      StoreHealth store = runs.runStore().health();
      ObjectNode json = status(store);
      json.put("uptime", Duration.ofNanos(clock.nanos() - startedNanos).toMillis());
      json.put("activeRuns", runs.activeRuns());
      json.put("connectedClients", sessions.count());
      json.set("store", details(store));
      ObjectNode confined = json.putObject("confinement");
      new TreeMap<>(confinement).forEach(confined::put);
      return Json.writeBytes(json);
    }

    @Override
    public byte[] summary() {
      return Json.writeBytes(status(runs.runStore().health()));
    }

    private static ObjectNode status(StoreHealth store) {
      String status =
          switch (store) {
            case StoreHealth.Healthy() -> "ok";
            case StoreHealth.Unhealthy _ -> "degraded";
          };
      return Json.object().put("status", status);
    }

    private static ObjectNode details(StoreHealth store) {
      return switch (store) {
        case StoreHealth.Healthy() -> Json.object().put("healthy", true);
        case StoreHealth.Unhealthy(var since, var reason) ->
            Json.object()
                .put("healthy", false)
                .put("since", Timestamps.format(since))
                .put("reason", reason);
      };
    }
  }
}
