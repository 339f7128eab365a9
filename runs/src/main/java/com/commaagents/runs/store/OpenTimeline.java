package com.commaagents.runs.store;

import com.commaagents.runs.store.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file of a run that is written at present, and how far it can be trusted. Thread-safe.
///
/// INVARIANT: once a force has failed, no later one counts until the file was written anew from the
/// journal. The system forgets what it could not write.
final class OpenTimeline {
  private static final Logger LOG = LoggerFactory.getLogger(OpenTimeline.class);

  private final Disk disk;
  private final Path folder;
  private final Path path;
  private final DiskFile file;
  private boolean nameOnDisk;
  private boolean suspect;
  private boolean closed;
  private volatile boolean gone;

  /// @param nameOnDisk whether its folder was forced since it was made
  OpenTimeline(Disk disk, Path folder, Path path, DiskFile file, boolean nameOnDisk) {
    this.disk = disk;
    this.folder = folder;
    this.path = path;
    this.file = file;
    this.nameOnDisk = nameOnDisk;
  }

  /// Writes whole lines, which others can read at once; brings nothing to disk.
  void write(byte[] lines, long at) throws IOException {
    if (gone) {
      throw new IOException("the file was removed or renamed while it was written");
    }
    file.writeFully(ByteBuffer.wrap(lines), at);
  }

  /// Brings everything that was written to disk, and the name of the file.
  synchronized void force() throws IOException {
    if (closed) {
      return;
    }
    if (suspect) {
      throw new IOException("an earlier write to " + path + " may be lost");
    }
    suspect = true;
    file.force();
    if (!nameOnDisk) {
      disk.forceFolder(folder);
      nameOnDisk = true;
    }
    suspect = false;
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

  /// Notes a file that somebody has taken away: it takes no further lines.
  void look() {
    if (!gone && !file.inPlace()) {
      LOG.warn("{} was removed or renamed while it was written", path);
      gone = true;
    }
  }

  /// It was written anew from the journal, and forced.
  synchronized void rewritten() {
    suspect = false;
    nameOnDisk = true;
  }

  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      file.close();
    } catch (IOException ignored) {
      // Nothing that was acknowledged depends on it.
      LOG.debug("closing {} failed", path, ignored);
    }
  }
}
