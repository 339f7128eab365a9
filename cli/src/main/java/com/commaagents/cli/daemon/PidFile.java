package com.commaagents.cli.daemon;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The file that holds the pid of the daemon of this data folder, ours or the public one.
record PidFile(Path path) {
  static final int MAX_BYTES = 4096;

  /// A bare number, or a field `pid` of JSON.
  private static final Pattern PID = Pattern.compile("(?:^|\"pid\"\\s*:)\\s*(\\d{1,10})\\b");

  /// The process that the file names, if that process lives.
  OptionalLong livingProcess() {
    try {
      if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
        return OptionalLong.empty();
      }
      Instant writtenAt = Files.getLastModifiedTime(path).toInstant();
      Matcher matcher = PID.matcher(Files.readString(path));
      if (!matcher.find()) {
        return OptionalLong.empty();
      }
      long pid = Long.parseLong(matcher.group(1));
      return ProcessTable.lives(pid, writtenAt) ? OptionalLong.of(pid) : OptionalLong.empty();
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }

  void write(long pid) {
    try {
      Optional<Path> folder = Optional.ofNullable(path.getParent());
      if (folder.isPresent()) {
        Files.createDirectories(folder.get());
      }
      Files.writeString(path, pid + "\n");
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE, "The pid file " + path + " cannot be written.", refused);
    }
  }

  /// Removes the file if it still names this process.
  void removeIfOf(long pid) {
    try {
      if (Files.readString(path).strip().equals(Long.toString(pid))) {
        Files.deleteIfExists(path);
      }
    } catch (IOException gone) {
      // Somebody has cleaned up before: what was wanted is so.
    }
  }
}
