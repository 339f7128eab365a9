package com.commaagents.models.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bytes that come in pieces.
final class Pieces implements ByteSource {
  private final List<byte[]> pieces;
  private int next;
  private int taken;

  Pieces(List<byte[]> pieces) {
    this.pieces = pieces;
  }

  static Pieces of(String text, int size) {
    return of(text.getBytes(StandardCharsets.UTF_8), size);
  }

  static Pieces of(byte[] bytes, int size) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += size) {
      pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    return new Pieces(pieces);
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (next == pieces.size()) {
      return -1;
    }
    byte[] piece = pieces.get(next);
    int count = Math.min(length, piece.length - taken);
    System.arraycopy(piece, taken, into, offset, count);
    taken += count;
    if (taken == piece.length) {
      next++;
      taken = 0;
    }
    return count;
  }
}
