package com.commaagents.tools.web;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;

/// A page on its way to the parser, which reads it piece by piece: so the parser ends where this
/// does.
///
/// Ends after [#MAX_TAGS], because of few bytes a parser makes many nodes: each tag can be a dozen
/// (elements that are still to be closed are repeated). Fails when the thread is interrupted, at
/// which nothing in the parser looks.
final class PageSource extends InputStream {
  static final int MAX_TAGS = 100_000;
  // What may be parsed between two looks.
  private static final int MAX_PIECE = 4096;

  private final byte[] page;
  private final BooleanSupplier over;
  private int at;
  private int tags;

  /// @param over whether nobody waits for the page any more
  PageSource(byte[] page, BooleanSupplier over) {
    this.page = page;
    this.over = over;
  }

  /// Whether there was more than it gave.
  boolean isCut() {
    return tags > MAX_TAGS;
  }

  @Override
  public int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws InterruptedIOException {
    if (over.getAsBoolean()) {
      throw new InterruptedIOException("nobody waits for the page any more");
    }
    int most = Math.min(Math.min(length, MAX_PIECE), page.length - at);
    int copied = 0;
    while (copied < most && !isCut()) {
      byte next = page[at];
      tags += next == '<' ? 1 : 0;
      if (!isCut()) {
        buffer[offset + copied++] = next;
        at++;
      }
    }
    return copied == 0 && length > 0 ? -1 : copied;
  }

  @Override
  public int available() {
    return isCut() ? 0 : page.length - at;
  }
}
