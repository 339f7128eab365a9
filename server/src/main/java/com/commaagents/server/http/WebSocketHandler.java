package com.commaagents.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket after its upgrade: the life of its socket.
///
/// How it ends: one side says why in a close frame, the other answers, and this side, the server,
/// closes the socket. A close frame that cannot be written within [#CLOSE_WRITE_LIMIT] resets the
/// connection; an answer that does not come within [#CLOSE_ANSWER_LIMIT] is not waited for.
///
/// A silent client is sent a ping each interval and never dropped for its silence, nor for an
/// answer that stays out: a client that only listens, or sleeps, may come back. A peer that is
/// really gone leaves the ping's bytes without acknowledgement, and the kernel gives the socket up.
///
/// Confined to the event loop, but for [Connection], which any thread may use.
final class WebSocketHandler extends ChannelInboundHandlerAdapter implements Connection, FrameSink {
  static final Duration CLOSE_WRITE_LIMIT = Duration.ofSeconds(1);
  static final Duration CLOSE_ANSWER_LIMIT = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketHandler.class);

  private final Channel channel;
  private final HttpLimits limits;
  private final OutgoingQueue queue;
  private final FrameReader reader;
  private final FrameWriter writer;
  private final Mailbox mailbox;
  private @Nullable Future<?> pings;
  private boolean heard;
  private boolean closing;
  private boolean peerClosed;
  private boolean closeLeft;

  WebSocketHandler(Channel channel, HttpLimits limits) {
    this.channel = channel;
    this.limits = limits;
    queue = new OutgoingQueue(limits.maxQueuedBytes());
    reader = new FrameReader(limits.maxMessageBytes(), this);
    writer = new FrameWriter(channel, queue, this::closeLeft);
    mailbox = new Mailbox(() -> onLoop(() -> channel.config().setAutoRead(true)));
  }

  Mailbox mailbox() {
    return mailbox;
  }

  @Override
  public void send(Outgoing message) {
    switch (queue.add(message)) {
      case WAKE -> onLoop(writer::drain);
      case QUEUED, LEFT_OUT, ENDED -> {}
      case OVERFLOWED ->
          onLoop(() -> startClosing(CloseCode.TRY_AGAIN_LATER, "too slow: come back", true));
    }
  }

  @Override
  public void awaitRoom() throws InterruptedException {
    queue.awaitRoom();
  }

  @Override
  public void close(int code, String reason) {
    if (!CloseCode.maySend(code)) {
      throw new IllegalArgumentException("close code " + code + " must not be sent");
    }
    if (queue.end()) {
      onLoop(() -> startClosing(code, reason, false));
    }
  }

  @Override
  public boolean isOpen() {
    return !queue.isEnded();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    long interval = limits.pingInterval().toNanos();
    pings =
        context
            .executor()
            .scheduleAtFixedRate(this::pingIfSilent, interval, interval, TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof ByteBuf in) {
        heard = true;
        reader.read(in);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    writer.drain();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      writer.drain();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (pings != null) {
      pings.cancel(false);
    }
    queue.drop();
    writer.drop();
    mailbox.end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.error("A WebSocket failed", cause);
    }
    reset();
  }

  @Override
  public void message(byte[] utf8) {
    if (!closing && mailbox.add(utf8)) {
      channel.config().setAutoRead(false);
    }
  }

  @Override
  public void ping(byte[] payload) {
    if (!closing) {
      writer.pong(payload);
    }
  }

  @Override
  public void pong() {}

  @Override
  public void closeAsked(byte[] echo) {
    peerClosed = true;
    if (closing) {
      endIfBothClosed();
    } else {
      startClosing(echo, true);
    }
  }

  @Override
  public void violation(int code, String reason) {
    startClosing(code, reason, false);
  }

  private void pingIfSilent() {
    if (!heard && !closing) {
      writer.ping();
      writer.drain();
    }
    heard = false;
  }

  private void startClosing(int code, String reason, boolean drop) {
    startClosing(CloseCode.payload(code, reason), drop);
  }

  private void startClosing(byte[] payload, boolean drop) {
    if (closing) {
      return;
    }
    closing = true;
    queue.end();
    if (drop) {
      writer.drop();
    }
    writer.close(payload);
    // The client's answer must be read, even where its messages were not any more.
    channel.config().setAutoRead(true);
    after(CLOSE_WRITE_LIMIT, this::resetIfCloseWaits);
    writer.drain();
  }

  private void resetIfCloseWaits() {
    if (!closeLeft) {
      reset();
    }
  }

  private void closeLeft() {
    closeLeft = true;
    endIfBothClosed();
    after(CLOSE_ANSWER_LIMIT, this::closeChannel);
  }

  private void endIfBothClosed() {
    if (peerClosed && closeLeft) {
      closeChannel();
    }
  }

  private void reset() {
    if (channel.isActive()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    closeChannel();
  }

  private void closeChannel() {
    var _ = channel.close();
  }

  private void after(Duration delay, Runnable task) {
    var _ = channel.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void onLoop(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException serverClosed) {
      // The loop ends only after every connection: there is nobody left to tell.
      LOG.debug("A task came after the end of its loop", serverClosed);
    }
  }
}
