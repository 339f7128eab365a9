package com.commaagents.runs.simulation;

import com.commaagents.base.id.ClientId;
import com.commaagents.runs.message.PublishedMessage;
import com.commaagents.runs.message.RunNotice;

/// What one client is told of one run: every message from a point on, each once and in order, or a
/// gap notice. So a client that comes back with the number it has seen has the text of one that
/// never left.
final class Line {
  private final ClientId client;
  private final Stream stream;
  private final Referee referee;
  private Standing standing = Standing.AWAY;
  private boolean noticed;
  private boolean gapAllowed;
  private boolean snapshotAllowed;
  private boolean betweenTwo;
  private long last;

  /// What comes next.
  enum Standing {
    /// Nothing.
    AWAY,
    /// Whatever is told next.
    ANY,
    /// A snapshot.
    SNAPSHOT,
    /// The message after the last one.
    NEXT
  }

  Line(ClientId client, Stream stream, Referee referee) {
    this.client = client;
    this.stream = stream;
    this.referee = referee;
  }

  long last() {
    return last;
  }

  boolean isAway() {
    return standing == Standing.AWAY;
  }

  Standing standing() {
    return standing;
  }

  /// The client has gone, or is not taken in after all.
  void leave() {
    standing = Standing.AWAY;
    noticed = false;
    gapAllowed = false;
    snapshotAllowed = false;
  }

  /// A start or a preparation takes the client in, unless it follows already.
  void join() {
    if (standing == Standing.AWAY) {
      standing = Standing.ANY;
    }
  }

  /// From here on notices are allowed, or not: to who resumes, from within the call on.
  ///
  /// @return whether they were before
  boolean notice(boolean allowed) {
    boolean before = noticed;
    noticed = allowed;
    return before;
  }

  void comeBackAfter(long seq) {
    standing = Standing.NEXT;
    last = seq;
    noticed = true;
    gapAllowed = true;
  }

  void attachAfter(long seq) {
    standing = Standing.NEXT;
    last = seq;
    noticed = true;
    snapshotAllowed = true;
    betweenTwo = false;
  }

  void attach() {
    snapshotAllowed = true;
    betweenTwo = standing == Standing.NEXT;
    standing = standing == Standing.AWAY ? Standing.SNAPSHOT : standing;
  }

  /// It is as it was before it asked for a snapshot.
  void attachRefused(Standing before) {
    standing = before;
    snapshotAllowed = false;
  }

  void attached() {
    referee.require(standing != Standing.SNAPSHOT, () -> this + " got no snapshot");
    noticed = true;
    snapshotAllowed = false;
  }

  /// Another process has taken over, in which the numbers above one come again.
  void takenOver(long highest) {
    leave();
    last = Math.min(last, highest);
  }

  void take(PublishedMessage message) {
    boolean expected =
        switch (standing) {
          case AWAY, SNAPSHOT -> false;
          case ANY -> message.seq() > last;
          case NEXT -> message.seq() == last + 1;
        };
    referee.require(expected, () -> this + " got " + message);
    last = message.seq();
    standing = Standing.NEXT;
    gapAllowed = false;
  }

  void take(RunNotice notice) {
    referee.count(notice.getClass().getSimpleName());
    switch (notice) {
      case RunNotice.ReplayGap(var _, var _, var from, var to) -> {
        referee.require(
            gapAllowed && from == last + 1 && to >= from, () -> this + " got " + notice);
        last = to;
        gapAllowed = false;
      }
      case RunNotice.RequestResolved _, RunNotice.ToolOutputShown _ ->
          referee.require(noticed, () -> this + " did not ask for " + notice);
      case RunNotice.Snapshot(var snapshot, var _) -> {
        referee.require(
            snapshotAllowed
                && (betweenTwo ? snapshot.lastSeq() == last : snapshot.lastSeq() >= last),
            () -> this + " got " + notice);
        last = snapshot.lastSeq();
        standing = Standing.NEXT;
        noticed = true;
        snapshotAllowed = false;
      }
    }
  }

  /// All is quiet: who follows has everything.
  void isComplete() {
    referee.require(
        standing != Standing.NEXT || last >= stream.lastSeq(),
        () -> this + " was not told " + stream.lastSeq());
  }

  @Override
  public String toString() {
    return client + " of " + stream.run() + " (" + standing + " after " + last + ")";
  }
}
