package com.commaagents.server.http;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Reads one client's frames from bytes in any pieces and puts messages together.
///
/// Limits: a frame that would make its message larger than the maximum is refused at its header.
/// Until then memory follows what has arrived, at most twice of it, never what a header promises.
/// After a close frame or a violation all further bytes are ignored.
///
/// Source: RFC 6455 §5. Confined to the connection's event loop.
final class FrameReader {
  private static final int CONTINUATION = 0x0;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;

  private static final int FIRST_BYTES = 2;
  private static final int MASK_BYTES = 4;
  private static final int MAX_HEADER_BYTES = FIRST_BYTES + Long.BYTES + MASK_BYTES;
  private static final int MAX_CONTROL_BYTES = 125;
  private static final int FIRST_BUFFER_BYTES = 64 << 10;
  private static final byte[] EMPTY = {};
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final int maxMessageBytes;
  private final FrameSink sink;
  private boolean ended;

  // The header comes in three parts: the first two bytes, the long length, the mask.
  private final byte[] header = new byte[MAX_HEADER_BYTES];
  private int headerBytes;
  private int headerNeeded = FIRST_BYTES;
  private int lengthBytes;

  // The frame whose payload is being read.
  private boolean inPayload;
  private boolean last;
  private int opcode;
  private int payloadLeft;
  private int payloadRead;
  private int mask;

  // A control frame may come between the fragments of a message: each has a buffer.
  private byte[] control = EMPTY;
  private byte[] message = EMPTY;
  private int messageBytes;
  private boolean inMessage;
  private Utf8Check utf8 = new Utf8Check();

  FrameReader(int maxMessageBytes, FrameSink sink) {
    this.maxMessageBytes = maxMessageBytes;
    this.sink = sink;
  }

  /// Reads all of `in`.
  void read(ByteBuf in) {
    while (!ended && in.isReadable()) {
      if (inPayload) {
        readPayload(in);
      } else {
        readHeader(in);
      }
    }
    in.skipBytes(in.readableBytes());
  }

  private void readHeader(ByteBuf in) {
    int taken = Math.min(headerNeeded - headerBytes, in.readableBytes());
    in.readBytes(header, headerBytes, taken);
    headerBytes += taken;
    if (headerBytes < headerNeeded) {
      return;
    }
    if (headerNeeded == FIRST_BYTES) {
      checkFirstBytes();
      if (ended) {
        return;
      }
    }
    if (headerBytes == FIRST_BYTES + lengthBytes) {
      checkLength();
      headerNeeded = headerBytes + MASK_BYTES;
    } else if (headerBytes == FIRST_BYTES) {
      headerNeeded = FIRST_BYTES + lengthBytes;
    } else {
      startPayload();
    }
  }

  private void checkFirstBytes() {
    last = (header[0] & 0x80) != 0;
    opcode = header[0] & 0x0F;
    int shortLength = header[1] & 0x7F;
    lengthBytes = shortLength == 126 ? Short.BYTES : shortLength == 127 ? Long.BYTES : 0;
    if ((header[0] & 0x70) != 0) {
      violate("a reserved bit is set and no extension agreed");
    } else if ((header[1] & 0x80) == 0) {
      violate("a client must mask its frames");
    } else if (isControl()) {
      checkControl(shortLength);
    } else if (opcode > BINARY) {
      violate("unknown opcode " + opcode);
    } else if (inMessage != (opcode == CONTINUATION)) {
      violate(
          inMessage ? "a new message inside a fragmented one" : "a continuation without a start");
    }
  }

  private boolean isControl() {
    return opcode >= CLOSE;
  }

  private void checkControl(int shortLength) {
    if (opcode > PONG) {
      violate("unknown opcode " + opcode);
    } else if (!last) {
      violate("a control frame must not be fragmented");
    } else if (shortLength > MAX_CONTROL_BYTES) {
      violate("a control frame holds at most " + MAX_CONTROL_BYTES + " bytes");
    } else if (opcode == CLOSE && shortLength == 1) {
      violate("a close code has two bytes");
    }
  }

  private void checkLength() {
    long length = header[1] & 0x7F;
    if (lengthBytes > 0) {
      length = 0;
      for (int i = 0; i < lengthBytes; i++) {
        length = length << 8 | (header[FIRST_BYTES + i] & 0xFF);
      }
      long leastForThisForm = lengthBytes == Short.BYTES ? 126 : 1 << 16;
      if (length < leastForThisForm) {
        violate("the length is not in its shortest form, or negative");
        return;
      }
    }
    if (!isControl() && length > maxMessageBytes - messageBytes) {
      violate(CloseCode.TOO_BIG, "a message holds at most " + maxMessageBytes + " bytes");
      return;
    }
    payloadLeft = (int) length;
  }

  private void startPayload() {
    mask = 0;
    for (int i = headerBytes - MASK_BYTES; i < headerBytes; i++) {
      mask = mask << 8 | (header[i] & 0xFF);
    }
    headerBytes = 0;
    headerNeeded = FIRST_BYTES;
    payloadRead = 0;
    if (isControl()) {
      control = payloadLeft == 0 ? EMPTY : new byte[payloadLeft];
    } else {
      inMessage = true;
    }
    inPayload = true;
    if (payloadLeft == 0) {
      endPayload();
    }
  }

  private void readPayload(ByteBuf in) {
    int taken = Math.min(payloadLeft, in.readableBytes());
    if (isControl()) {
      in.readBytes(control, payloadRead, taken);
      unmask(control, payloadRead, payloadRead + taken);
    } else {
      makeRoom(taken);
      in.readBytes(message, messageBytes, taken);
      unmask(message, messageBytes, messageBytes + taken);
      if (!utf8.accepts(message, messageBytes, messageBytes + taken)) {
        violate(CloseCode.NOT_UTF_8, "a message must be UTF-8");
        return;
      }
      messageBytes += taken;
    }
    payloadRead += taken;
    payloadLeft -= taken;
    if (payloadLeft == 0) {
      endPayload();
    }
  }

  /// A frame up to 64 KiB gets its exact room at once, so that most messages are never copied.
  private void makeRoom(int arriving) {
    int needed = messageBytes + arriving;
    if (needed <= message.length) {
      return;
    }
    int grown = Math.max(FIRST_BUFFER_BYTES, message.length * 2);
    int useful = last ? messageBytes + payloadLeft : maxMessageBytes;
    message = Arrays.copyOf(message, Math.max(needed, Math.min(useful, grown)));
  }

  private void unmask(byte[] bytes, int from, int to) {
    int turned = Integer.rotateLeft(mask, (payloadRead & 3) * 8);
    long pattern = (long) turned << 32 | (turned & 0xFFFF_FFFFL);
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      LONG.set(bytes, at, (long) LONG.get(bytes, at) ^ pattern);
    }
    for (int shift = 56; at < to; at++, shift -= 8) {
      bytes[at] ^= (byte) (pattern >>> shift);
    }
  }

  private void endPayload() {
    inPayload = false;
    switch (opcode) {
      case PING -> sink.ping(control);
      case PONG -> sink.pong();
      case CLOSE -> endWithClose();
      default -> {
        if (last) {
          endMessage();
        }
      }
    }
  }

  private void endMessage() {
    if (!utf8.isComplete()) {
      violate(CloseCode.NOT_UTF_8, "a message must not end inside a character");
      return;
    }
    byte[] whole = message.length == messageBytes ? message : Arrays.copyOf(message, messageBytes);
    message = EMPTY;
    messageBytes = 0;
    inMessage = false;
    sink.message(whole);
  }

  private void endWithClose() {
    if (control.length == 0) {
      end();
      sink.closeAsked(EMPTY);
      return;
    }
    int code = (control[0] & 0xFF) << 8 | (control[1] & 0xFF);
    Utf8Check reason = new Utf8Check();
    if (!CloseCode.maySend(code)) {
      violate("close code " + code + " must not be sent");
    } else if (!reason.accepts(control, Short.BYTES, control.length) || !reason.isComplete()) {
      violate(CloseCode.NOT_UTF_8, "a close reason must be UTF-8");
    } else {
      end();
      sink.closeAsked(CloseCode.payload(code, ""));
    }
  }

  private void violate(String reason) {
    violate(CloseCode.PROTOCOL_ERROR, reason);
  }

  private void violate(int code, String reason) {
    end();
    sink.violation(code, reason);
  }

  private void end() {
    ended = true;
    message = EMPTY;
    control = EMPTY;
  }
}
