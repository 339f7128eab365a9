package com.commaagents.server.http;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A listening server: `GET /health`, and WebSockets on `/ws`.
///
/// Who is let in is decided by [AdmissionRules]: on loopback whoever is local and no foreign web
/// page; anywhere else only who has the token.
///
/// Its two threads are daemon threads: they keep no program alive.
public final class HttpServer {
  static final String GOING_AWAY = "the daemon is going down";

  /// How long [#close] waits for clients and listeners to end by themselves, and again for the rest
  /// after they were interrupted.
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  private static final int LOOPS = 2;
  private static final int BACKLOG = 1024;
  // Below the low mark writing goes on; one chunk of the writer reaches the high one.
  private static final WriteBufferWaterMark WATER_MARKS =
      new WriteBufferWaterMark(FrameWriter.CHUNK_BYTES / 2, FrameWriter.CHUNK_BYTES);

  private final EventLoopGroup loops;
  private final Channel listening;
  private final OpenSockets sockets;

  private HttpServer(EventLoopGroup loops, Channel listening, OpenSockets sockets) {
    this.loops = loops;
    this.listening = listening;
    this.sockets = sockets;
  }

  /// Listens; returns when clients can connect.
  ///
  /// @throws Fault [FaultCode#INVALID_INPUT] when the host is not one of this machine or may not be
  ///   bound, or is not loopback and no token is set; [FaultCode#CONFLICT] when the port is in use
  public static HttpServer start(
      HttpSettings settings, WebSocketEndpoint endpoint, HealthSource health)
      throws InterruptedException {
    InetAddress address = addressOf(settings);
    boolean loopback = address.isLoopbackAddress();
    if (!loopback && settings.token().isEmpty()) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "Refusing to listen on "
              + settings.host()
              + " without auth: others could run commands here. Set auth.token, or listen on"
              + " 127.0.0.1.");
    }
    // Its records of every buffer cost time, and it looks for mistakes of this package only.
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            LOOPS, new DefaultThreadFactory("http", true), NioIoHandler.newFactory());
    OpenSockets sockets = new OpenSockets(settings.limits().maxConnections());
    SocketAcceptor acceptor = new SocketAcceptor(settings, loopback, sockets, endpoint, health);
    ChannelFuture bound =
        bootstrap(loops, acceptor).bind(new InetSocketAddress(address, settings.port())).await();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
      throw bindFault(settings, bound.cause());
    }
    return new HttpServer(loops, bound.channel(), sockets);
  }

  private static ServerBootstrap bootstrap(EventLoopGroup loops, SocketAcceptor acceptor) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
        .childHandler(acceptor);
  }

  private static InetAddress addressOf(HttpSettings settings) {
    try {
      return InetAddress.getByName(settings.host());
    } catch (UnknownHostException unknown) {
      throw new Fault(
          FaultCode.INVALID_INPUT,
          "Cannot listen on \"" + settings.host() + "\": no such host. Use 127.0.0.1.",
          unknown);
    }
  }

  private static Fault bindFault(HttpSettings settings, Throwable cause) {
    String place = settings.host() + ":" + settings.port();
    if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
      return new Fault(
          FaultCode.CONFLICT,
          "Cannot listen on "
              + place
              + ": the port is in use, perhaps by another daemon. Stop that, or choose another"
              + " port.",
          cause);
    }
    return new Fault(
        FaultCode.INVALID_INPUT,
        "Cannot listen on "
            + place
            + ": "
            + cause.getMessage()
            + ". Choose an address of this machine and a port you may use.",
        cause);
  }

  /// The port it listens on, also where the settings left the choice.
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /// Stops listening, closes every WebSocket with 1001 and waits until all is gone.
  ///
  /// Takes at most twice [#CLOSE_LIMIT] and a second: listeners that still work after the first are
  /// interrupted. An interruption of the caller ends the waiting, not the closing.
  public void close() throws InterruptedException {
    try {
      listening.close().await();
      sockets.closeAll();
      if (!sockets.awaitEmpty(CLOSE_LIMIT)) {
        sockets.interruptAll();
        sockets.awaitEmpty(CLOSE_LIMIT);
      }
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }
}
