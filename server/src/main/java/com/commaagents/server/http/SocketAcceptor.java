package com.commaagents.server.http;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;

/// Gives each socket that connects its place and its gate.
final class SocketAcceptor extends ChannelInitializer<SocketChannel> {
  private final HttpLimits limits;
  private final AdmissionRules rules;
  private final OpenSockets sockets;
  private final WebSocketEndpoint endpoint;
  private final HealthSource health;
  private final boolean loopback;

  SocketAcceptor(
      HttpSettings settings,
      boolean loopback,
      OpenSockets sockets,
      WebSocketEndpoint endpoint,
      HealthSource health) {
    limits = settings.limits();
    rules = new AdmissionRules(settings, loopback);
    this.sockets = sockets;
    this.endpoint = endpoint;
    this.health = health;
    this.loopback = loopback;
  }

  @Override
  protected void initChannel(SocketChannel socket) {
    OpenSockets.Place place = sockets.add(socket);
    if (place == OpenSockets.Place.NONE) {
      var _ = socket.close();
      return;
    }
    var _ = socket.closeFuture().addListener(done -> sockets.remove(socket));
    new HttpGate(this, place == OpenSockets.Place.FULL).addTo(socket.pipeline());
  }

  HttpLimits limits() {
    return limits;
  }

  AdmissionRules rules() {
    return rules;
  }

  /// What `GET /health` answers: the counters are for whoever is on this machine.
  byte[] health() {
    return loopback ? health.details() : health.summary();
  }

  /// Starts to listen to a new WebSocket; what it says waits until then.
  void upgraded(WebSocketHandler webSocket) {
    sockets.listen(webSocket, new ListenerThread(endpoint, webSocket, webSocket.mailbox()));
  }
}
