package com.commaagents.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Writes one connection's frames: the one place that writes to its socket after the upgrade.
///
/// Many small messages go into one buffer, headers and all, and large ones in pieces, each byte
/// copied once. It writes only while the channel is writable, so that no more than a chunk or two
/// wait inside Netty; the rest waits in the [OutgoingQueue], which has the limit.
///
/// It runs on the event loop instead of a thread per connection: the loop must do the writing in
/// any case, sleeping connections cost nothing, and what is added while the loop writes goes into
/// the next buffer, so that a busy connection is flushed in batches by itself.
///
/// Source: RFC 6455 §5; a server does not mask. Confined to the connection's event loop.
final class FrameWriter {
  static final int CHUNK_BYTES = 64 << 10;

  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_CLOSE = 0x88;
  private static final int FINAL_PING = 0x89;
  private static final int FINAL_PONG = 0x8A;
  private static final int MAX_HEADER_BYTES = 10;
  private static final int MAX_SHORT_LENGTH = 125;
  private static final int MAX_TWO_BYTE_LENGTH = 0xFFFF;
  // Of more pings than this before an answer could be written only the newest are answered.
  private static final int MAX_PONGS = 16;
  // After so many chunks other connections of the loop have their turn.
  private static final int MAX_CHUNKS_IN_A_ROW = 16;

  private final Channel channel;
  private final OutgoingQueue queue;
  private final Runnable closeLeft;
  private final Deque<Outgoing> taken = new ArrayDeque<>();
  private final Deque<Frame> control = new ArrayDeque<>();
  private @Nullable Frame current;
  private int written;
  private @Nullable Frame close;
  private boolean closeWritten;
  private boolean draining;

  /// @param closeLeft called once, when the close frame has left for the socket or failed to
  FrameWriter(Channel channel, OutgoingQueue queue, Runnable closeLeft) {
    this.channel = channel;
    this.queue = queue;
    this.closeLeft = closeLeft;
  }

  void pong(byte[] payload) {
    if (control.size() >= MAX_PONGS) {
      control.remove();
    }
    control.add(new Frame(FINAL_PONG, payload));
  }

  void ping() {
    if (control.isEmpty()) {
      control.add(new Frame(FINAL_PING, new byte[0]));
    }
  }

  /// A close frame after all that is queued; nothing follows it.
  void close(byte[] payload) {
    control.clear();
    close = new Frame(FINAL_CLOSE, payload);
  }

  /// Forgets what is queued, but for the rest of a frame that was begun.
  void drop() {
    queue.drop();
    taken.clear();
    control.clear();
  }

  /// Writes what there is, as far as the channel takes it.
  void drain() {
    if (draining) {
      // Called from inside our own flush: the loop below goes on by itself.
      return;
    }
    draining = true;
    int chunks = 0;
    boolean more = true;
    while (more && channel.isWritable() && chunks < MAX_CHUNKS_IN_A_ROW) {
      more = writeChunk();
      chunks++;
      if (!more || !channel.isWritable()) {
        channel.flush();
      }
    }
    draining = false;
    if (more && channel.isWritable()) {
      channel.flush();
      channel.eventLoop().execute(this::drain);
    }
  }

  private boolean writeChunk() {
    if (taken.isEmpty() && !closeWritten) {
      queue.take(taken, CHUNK_BYTES);
    }
    int size = nextSize();
    if (size == 0) {
      return false;
    }
    ByteBuf chunk = channel.alloc().directBuffer(size, size);
    fill(chunk);
    ChannelFuture future = channel.write(chunk);
    // INVARIANT: nothing is written after the close frame, so this is true for one chunk only.
    if (closeWritten && current == null) {
      future.addListener(done -> closeLeft.run());
    }
    return true;
  }

  private int nextSize() {
    long size = current == null ? 0 : current.payload.length - written;
    for (Frame frame : control) {
      size += MAX_HEADER_BYTES + frame.payload.length;
    }
    for (Outgoing message : taken) {
      size += MAX_HEADER_BYTES + message.utf8().length;
    }
    if (isCloseNext()) {
      size += MAX_HEADER_BYTES + MAX_SHORT_LENGTH;
    }
    return (int) Math.min(size, CHUNK_BYTES);
  }

  private boolean isCloseNext() {
    return close != null && !closeWritten && taken.isEmpty() && queue.isDrained();
  }

  private void fill(ByteBuf chunk) {
    while (true) {
      if (current == null) {
        if (chunk.writableBytes() < MAX_HEADER_BYTES) {
          return;
        }
        current = nextFrame();
        if (current == null) {
          return;
        }
        written = 0;
        writeHeader(chunk, current);
      }
      int length = Math.min(chunk.writableBytes(), current.payload.length - written);
      chunk.writeBytes(current.payload, written, length);
      written += length;
      if (written < current.payload.length) {
        return;
      }
      current = null;
    }
  }

  private @Nullable Frame nextFrame() {
    if (closeWritten) {
      return null;
    }
    Frame frame = control.poll();
    if (frame != null) {
      return frame;
    }
    Outgoing message = taken.poll();
    if (message != null) {
      return new Frame(FINAL_TEXT, message.utf8());
    }
    if (isCloseNext()) {
      closeWritten = true;
      return close;
    }
    return null;
  }

  private static void writeHeader(ByteBuf chunk, Frame frame) {
    int length = frame.payload.length;
    chunk.writeByte(frame.firstByte);
    if (length <= MAX_SHORT_LENGTH) {
      chunk.writeByte(length);
    } else if (length <= MAX_TWO_BYTE_LENGTH) {
      chunk.writeByte(126).writeShort(length);
    } else {
      chunk.writeByte(127).writeLong(length);
    }
  }

  private static final class Frame {
    private final int firstByte;
    private final byte[] payload;

    Frame(int firstByte, byte[] payload) {
      this.firstByte = firstByte;
      this.payload = payload;
    }
  }
}
