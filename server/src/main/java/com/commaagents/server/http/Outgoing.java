package com.commaagents.server.http;

import java.util.List;

/// One text message on its way out. One instance serves any number of connections.
public interface Outgoing {
  /// The message in UTF-8. Always the same array, which nobody changes; a call costs nothing.
  byte[] utf8();

  /// Whether `next`, sent right after this message, may be merged with it.
  ///
  /// INVARIANT: it is transitive, and a merged message merges with what its first part merges with.
  boolean mergesWith(Outgoing next);

  /// One message in place of this one and all of `following`, each of which merges with this one.
  ///
  /// It is called only for a connection that is behind, at most once for each message and once more
  /// for each merged one, and the parts together hold at most 64 KiB.
  Outgoing mergedWith(List<Outgoing> following);

  /// Whether a connection that is behind may do without it.
  boolean isDispensable();

  /// A message that is never merged. The array is shared, not copied.
  static Outgoing of(byte[] utf8) {
    return new Plain(utf8, false);
  }

  /// A message that is not sent to a connection that is behind.
  static Outgoing dispensable(byte[] utf8) {
    return new Plain(utf8, true);
  }

  /// See [#of].
  final class Plain implements Outgoing {
    private final byte[] utf8;
    private final boolean dispensable;

    private Plain(byte[] utf8, boolean dispensable) {
      this.utf8 = utf8;
      this.dispensable = dispensable;
    }

    @Override
    public boolean isDispensable() {
      return dispensable;
    }

    @Override
    public byte[] utf8() {
      return utf8;
    }

    @Override
    public boolean mergesWith(Outgoing next) {
      return false;
    }

    @Override
    public Outgoing mergedWith(List<Outgoing> following) {
      throw new IllegalStateException("a plain message merges with nothing");
    }
  }
}
