package com.commaagents.server.http;

import com.commaagents.server.http.Admission.Health;
import com.commaagents.server.http.Admission.Refused;
import com.commaagents.server.http.Admission.Upgrade;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket before its upgrade: answers HTTP requests in turn, and lets the WebSockets in.
///
/// Limits: a request line of [#MAX_LINE_BYTES] (414), headers of [#MAX_HEADER_BYTES] together
/// (431). The time to send a request is limited in whole, not per byte, so that a slow sender gains
/// nothing. A request that announces a body is answered at its headers and its connection closed:
/// nothing here takes a body. A client that does not read its answers is not read from.
///
/// Confined to the event loop.
final class HttpGate extends ChannelInboundHandlerAdapter {
  static final int MAX_LINE_BYTES = 8 << 10;
  static final int MAX_HEADER_BYTES = 16 << 10;

  private static final int LINGER_SECONDS = 1;
  private static final Logger LOG = LoggerFactory.getLogger(HttpGate.class);

  private final SocketAcceptor server;
  private final boolean full;
  private @Nullable HttpRequest request;
  private @Nullable Future<?> deadline;
  private boolean closing;

  /// @param full whether every request is to be refused, for there are too many connections
  HttpGate(SocketAcceptor server, boolean full) {
    this.server = server;
    this.full = full;
  }

  void addTo(ChannelPipeline pipeline) {
    HttpDecoderConfig config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES);
    pipeline.addLast(new HttpRequestDecoder(config), this);
  }

  /// Whether the socket is still before its upgrade.
  static boolean guards(Channel socket) {
    return socket.pipeline().get(HttpGate.class) != null;
  }

  static boolean announcesBody(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        || HttpUtil.getContentLength(request, 0L) > 0;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    startDeadline(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stopDeadline();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stopDeadline();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (closing) {
        return;
      }
      if (message instanceof HttpRequest arrived) {
        start(context, arrived);
      } else if (message instanceof LastHttpContent && request != null) {
        HttpRequest whole = request;
        request = null;
        answer(context, whole);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(context.channel().isWritable());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.error("An HTTP connection failed", cause);
    }
    close(context);
  }

  private void start(ChannelHandlerContext context, HttpRequest arrived) {
    DecoderResult result = arrived.decoderResult();
    if (result.isFailure()) {
      HttpStatus status = statusOf(result.cause());
      end(context, HttpAnswer.text(status, status.phrase()), true);
    } else if (full) {
      HttpStatus status = HttpStatus.UNAVAILABLE;
      end(context, HttpAnswer.text(status, "Too many connections."), true);
    } else if (announcesBody(arrived)) {
      answer(context, arrived);
    } else {
      request = arrived;
    }
  }

  private static HttpStatus statusOf(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> HttpStatus.URI_TOO_LONG;
      case TooLongHttpHeaderException _ -> HttpStatus.HEADERS_TOO_LARGE;
      default -> HttpStatus.BAD_REQUEST;
    };
  }

  private void answer(ChannelHandlerContext context, HttpRequest whole) {
    switch (server.rules().decide(whole)) {
      case Health() -> answer(context, whole, HttpAnswer.json(server.health()));
      case Refused(HttpStatus status, String text) ->
          answer(context, whole, HttpAnswer.text(status, text));
      case Upgrade upgrade -> upgrade(context, upgrade);
    }
  }

  private void answer(ChannelHandlerContext context, HttpRequest whole, HttpAnswer answer) {
    boolean withBody = !whole.method().equals(HttpMethod.HEAD);
    if (HttpUtil.isKeepAlive(whole) && !announcesBody(whole)) {
      var _ = context.write(answer.encoded(context.alloc(), true, withBody));
      startDeadline(context);
    } else {
      end(context, answer, withBody);
    }
  }

  /// Answers and closes. What the client still sends is thrown away for a moment first: closing
  /// over unread bytes would reset the connection and with it the answer.
  private void end(ChannelHandlerContext context, HttpAnswer answer, boolean withBody) {
    closing = true;
    stopDeadline();
    context.pipeline().remove(HttpRequestDecoder.class);
    SocketChannel socket = (SocketChannel) context.channel();
    var _ =
        context
            .writeAndFlush(answer.encoded(context.alloc(), false, withBody))
            .addListener(done -> {
              var _ = socket.shutdownOutput();
            });
    var _ = context.executor().schedule(() -> close(context), LINGER_SECONDS, TimeUnit.SECONDS);
  }

  private void upgrade(ChannelHandlerContext context, Upgrade upgrade) {
    WebSocketHandler webSocket = new WebSocketHandler(context.channel(), server.limits());
    byte[] answer = HttpAnswer.upgrade(upgrade.key(), upgrade.subprotocol());
    var _ = context.writeAndFlush(Unpooled.wrappedBuffer(answer));
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addLast(webSocket);
    pipeline.remove(this);
    server.upgraded(webSocket);
    // What the client sent behind its request goes on to the WebSocket now.
    pipeline.remove(HttpRequestDecoder.class);
  }

  private void startDeadline(ChannelHandlerContext context) {
    stopDeadline();
    long limit = server.limits().handshakeTimeout().toNanos();
    deadline = context.executor().schedule(() -> close(context), limit, TimeUnit.NANOSECONDS);
  }

  private static void close(ChannelHandlerContext context) {
    var _ = context.close();
  }

  private void stopDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
