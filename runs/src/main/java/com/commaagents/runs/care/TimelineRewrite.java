package com.commaagents.runs.care;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/// Puts a repaired timeline into the place of a damaged one, in one step: at every moment its name
/// leads to one of the two, whole. The original stays under another name, which is no timeline's.
///
/// Limit: [#MAX_ORIGINALS] originals of one second.
final class TimelineRewrite {
  static final int MAX_ORIGINALS = 100;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private TimelineRewrite() {}

  /// @return where the original lies
  static Path rewrite(Path file, int maxLineBytes, Instant now) throws IOException {
    if (Files.isSymbolicLink(file)) {
      throw new IOException("it is a link; repair what it leads to");
    }
    Path aside = file.resolveSibling(file.getFileName() + ".repairing");
    boolean done = false;
    try {
      write(file, aside, maxLineBytes, now);
      Path original = keep(file, now);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      done = true;
      return original;
    } finally {
      if (!done) {
        Files.deleteIfExists(aside);
      }
    }
  }

  private static void write(Path file, Path aside, int maxLineBytes, Instant now)
      throws IOException {
    Files.deleteIfExists(aside);
    try (InputStream in = Files.newInputStream(file);
        FileChannel channel =
            FileChannel.open(
                aside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Permissions.ofNewFile(aside));
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      TimelineRepair.repair(in, out, file, maxLineBytes, now);
      out.flush();
      channel.force(true);
    }
    try (InputStream in = Files.newInputStream(aside)) {
      if (!TimelineRepair.examine(in, aside, maxLineBytes).isEmpty()) {
        throw new IOException("it would still be damaged");
      }
    }
  }

  private static Path keep(Path file, Instant now) throws IOException {
    String name = file.getFileName() + ".damaged-" + STAMP.format(now);
    for (int i = 1; i <= MAX_ORIGINALS; i++) {
      Path original = file.resolveSibling(i == 1 ? name : name + "-" + i);
      try {
        return keepAs(file, original);
      } catch (FileAlreadyExistsException taken) {
        // The next name.
      }
    }
    throw new IOException("more than " + MAX_ORIGINALS + " originals are kept beside it");
  }

  private static Path keepAs(Path file, Path original) throws IOException {
    try {
      return Files.createLink(original, file);
    } catch (UnsupportedOperationException noLinks) {
      return Files.copy(file, original, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
