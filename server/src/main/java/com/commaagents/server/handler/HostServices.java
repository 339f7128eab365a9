package com.commaagents.server.handler;

import com.commaagents.protocol.message.TrashWorkspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Port: what the daemon offers its clients beside runs and models. Thread-safe.
public interface HostServices {
  /// What keeps programs from writing wherever their user may, in words, by kind of program:
  /// `commands`, `mcpServers`. Does not change.
  Map<String, String> confinement();

  /// What lies in the trash of a folder, or of all folders that are known.
  List<TrashWorkspace> listTrash(Optional<Path> cwd) throws InterruptedException;

  /// Puts a trashed file back, to where it was or to `targetPath`.
  ///
  /// @throws com.commaagents.base.fault.Fault when there is no such entry or its place is taken
  Restored restoreTrash(Path cwd, String trashPath, Optional<String> targetPath)
      throws InterruptedException;

  /// Deletes what lies in the trash of a folder, or of all folders that are known.
  Cleared clearTrash(Optional<Path> cwd) throws InterruptedException;

  record Restored(Path restored, Path from) {}

  record Cleared(int entries, long bytes) {}
}
