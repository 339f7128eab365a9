package com.commaagents.runs.store;

import com.commaagents.base.id.RunId;
import com.commaagents.runs.store.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file of a run that is written at present: what it is owed, and how far it can be trusted.
/// Thread-safe.
///
/// Lines that the journal has brought to disk are owed to the file until somebody writes them,
/// several at a time. Until then readers get them from here.
///
/// INVARIANT: what is owed is in the journal, which is not begun anew before it was written and
/// forced. So in all not more is owed than the journal holds.
///
/// INVARIANT: once a force has failed, no later one counts until the file was written anew from the
/// journal. The system forgets what it could not write.
///
/// Limit: a file that is owed more than [#MAX_OWED_BYTES] is written by the one who appends.
final class OpenTimeline {
  static final int MAX_OWED_BYTES = 256 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(OpenTimeline.class);

  private final RunId runId;
  private final Disk disk;
  private final Path folder;
  private final DiskFile file;
  private final OpenTimelines others;

  // Held while the file is worked on, and taken before the lock of what is owed: that one nobody
  // who waits for the disk holds.
  private final Object work = new Object();
  // Under the lock of the work.
  private boolean nameOnDisk;
  private boolean suspect;
  private boolean closed;

  private final Object lock = new Object();
  // Under the lock; what is volatile is read without it.
  private List<byte[]> owed = new ArrayList<>();
  private volatile int owedBytes;
  private volatile long end;
  private boolean ahead;
  private boolean queued;
  private volatile @Nullable IOException refusal;

  private volatile boolean gone;

  /// @param end of its last whole line; all before it was acknowledged
  /// @param nameOnDisk whether its folder was forced since it was made
  /// @param others among which it is found until it is closed
  OpenTimeline(
      RunId runId,
      Disk disk,
      Path folder,
      DiskFile file,
      long end,
      boolean nameOnDisk,
      OpenTimelines others) {
    this.runId = runId;
    this.disk = disk;
    this.folder = folder;
    this.file = file;
    this.end = end;
    this.nameOnDisk = nameOnDisk;
    this.others = others;
    others.add(this);
  }

  RunId runId() {
    return runId;
  }

  /// Where the next append begins.
  long end() {
    return end;
  }

  /// Whether it takes further lines.
  ///
  /// @throws IOException when lines that were acknowledged could not be written
  void check() throws IOException {
    if (gone) {
      throw new IOException("the file was removed or renamed while it was written");
    }
    IOException refused = refusal;
    if (refused != null) {
      throw new IOException(Reasons.of(refused), refused);
    }
  }

  /// Writes lines before they are acknowledged; brings nothing to disk.
  void writeAhead(byte[] lines) throws IOException {
    synchronized (work) {
      writeOwed();
      file.writeFully(ByteBuffer.wrap(lines), end());
    }
    synchronized (lock) {
      ahead = true;
    }
  }

  /// The lines of an append are on disk: in the journal, or in this file.
  ///
  /// @return whether the file is owed something that nobody has been told of
  boolean acknowledge(byte[] lines) {
    synchronized (lock) {
      end += lines.length;
      if (ahead) {
        ahead = false;
        return false;
      }
      owed.add(lines);
      owedBytes += lines.length;
      boolean news = !queued;
      queued = true;
      return news;
    }
  }

  /// What readers may see.
  Acknowledged acknowledged() {
    synchronized (lock) {
      return new Acknowledged(end - owedBytes, joined(owed, owedBytes));
    }
  }

  boolean isOwedTooMuch() {
    return owedBytes > MAX_OWED_BYTES;
  }

  /// Writes what the file is owed, so that everybody can read it; brings nothing to disk. After a
  /// failure it is still owed, and [#check] refuses further lines.
  void writeOwed() throws IOException {
    synchronized (work) {
      List<byte[]> lines;
      int bytes;
      long at;
      synchronized (lock) {
        queued = false;
        if (owed.isEmpty() || closed) {
          return;
        }
        lines = List.copyOf(owed);
        bytes = owedBytes;
        at = end - bytes;
      }
      try {
        file.writeFully(ByteBuffer.wrap(joined(lines, bytes)), at);
      } catch (IOException refused) {
        // An interruption has closed the file: only the journal can write it now.
        suspect |= refused instanceof ClosedChannelException;
        synchronized (lock) {
          refusal = refused;
        }
        throw refused;
      }
      synchronized (lock) {
        owed = new ArrayList<>(owed.subList(lines.size(), owed.size()));
        owedBytes -= bytes;
      }
    }
  }

  /// Brings everything that was acknowledged to disk, and the name of the file.
  void force() throws IOException {
    synchronized (work) {
      if (closed) {
        return;
      }
      writeOwed();
      if (suspect) {
        throw new IOException("an earlier write to the timeline of " + runId + " may be lost");
      }
      suspect = true;
      file.force();
      if (!nameOnDisk) {
        disk.forceFolder(folder);
        nameOnDisk = true;
      }
      suspect = false;
    }
  }

  /// As [#force].
  ///
  /// @return why it was refused
  Optional<IOException> tryForce() {
    try {
      force();
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(refused);
    }
  }

  /// Whether forces count no more.
  boolean isSuspect() {
    synchronized (work) {
      return suspect;
    }
  }

  /// Notes a file that somebody has taken away: it takes no further lines.
  void look() {
    synchronized (work) {
      if (!closed && !gone && !file.inPlace()) {
        LOG.warn("the timeline of {} was removed or renamed while it was written", runId);
        gone = true;
      }
    }
  }

  /// It was written anew from the journal, and forced.
  void rewritten() {
    synchronized (work) {
      suspect = false;
      nameOnDisk = true;
      forgive();
    }
  }

  /// Nothing is owed to it any more: it is to be removed.
  void drop() {
    synchronized (work) {
      forgive();
      close();
    }
  }

  void close() {
    synchronized (work) {
      if (closed) {
        return;
      }
      closed = true;
      others.remove(this);
      try {
        file.close();
      } catch (IOException ignored) {
        // Nothing that was acknowledged depends on it.
        LOG.debug("closing the timeline of {} failed", runId, ignored);
      }
    }
  }

  private void forgive() {
    synchronized (lock) {
      owed = new ArrayList<>();
      owedBytes = 0;
    }
  }

  private static byte[] joined(List<byte[]> lines, int bytes) {
    if (lines.size() == 1) {
      return lines.getFirst();
    }
    ByteBuffer joined = ByteBuffer.allocate(bytes);
    lines.forEach(joined::put);
    return joined.array();
  }
}
