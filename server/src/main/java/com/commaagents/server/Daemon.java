package com.commaagents.server;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.runs.RunSystem;
import com.commaagents.server.handler.HostServices;
import com.commaagents.server.handler.RequestHandler;
import com.commaagents.server.http.HealthSource;
import com.commaagents.server.http.HttpServer;
import com.commaagents.server.http.HttpSettings;
import com.commaagents.server.session.SessionEndpoint;
import com.commaagents.server.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

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
      Clock clock,
      IdGenerator ids)
      throws InterruptedException {
    RequestHandler handler = new RequestHandler(runs, host, clock);
    HttpServer http =
        HttpServer.start(
            settings,
            new SessionEndpoint(sessions, handler, ids),
            new Health(runs, sessions, clock, clock.nanos()));
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

  private record Health(RunSystem runs, Sessions sessions, Clock clock, long startedNanos)
      implements HealthSource {
    @Override
    public byte[] details() {
      long uptime = Duration.ofNanos(clock.nanos() - startedNanos).toMillis();
      return "{\"status\":\"ok\",\"uptime\":%d,\"activeRuns\":%d,\"connectedClients\":%d}"
          .formatted(uptime, runs.activeRuns(), sessions.count())
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] summary() {
      return "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);
    }
  }
}
