package com.commaagents.tools.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/// A file that has just been made, for its owner alone.
///
/// @param view of its attributes
/// @param held what is closed with it
record NewFile(SeekableByteChannel channel, PosixFileAttributeView view, Closeable held)
    implements Closeable {

  /// Gives it the permissions and, where they differ and we may, the owner of another.
  void dress(Facts as) throws IOException {
    PosixFileAttributes now = view.readAttributes();
    PosixFileAttributes wanted = as.attributes();
    if (!now.owner().equals(wanted.owner()) || !now.group().equals(wanted.group())) {
      try {
        view.setOwner(wanted.owner());
        view.setGroup(wanted.group());
      } catch (IOException _) {
        // Only the administrator gives files away; ours then stays ours, as with any editor.
      }
    }
    view.setPermissions(wanted.permissions());
  }

  @Override
  public void close() throws IOException {
    try (held) {
      channel.close();
    }
  }
}
