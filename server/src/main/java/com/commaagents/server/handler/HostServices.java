package com.commaagents.server.handler;

import com.commaagents.protocol.message.TrashWorkspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Port: what the daemon offers its clients beside runs. Thread-safe.
public interface HostServices {
  /// Keeps a credential for every strategy.
  ///
  /// @throws com.commaagents.base.fault.Fault when it cannot be kept
  void setCredential(String providerId, Credential credential);

  /// What lies in the trash of a folder, or of all folders that are known.
  List<TrashWorkspace> listTrash(Optional<Path> cwd) throws InterruptedException;

  /// Puts a trashed file back, to where it was or to `targetPath`.
  ///
  /// @throws com.commaagents.base.fault.Fault when there is no such entry or its place is taken
  Restored restoreTrash(Path cwd, String trashPath, Optional<String> targetPath)
      throws InterruptedException;

  /// Deletes what lies in the trash of a folder, or of all folders that are known.
  Cleared clearTrash(Optional<Path> cwd) throws InterruptedException;

  /// A secret by its kind; its `toString` shows none.
  sealed interface Credential {
    record Api(String key) implements Credential {
      @Override
      public String toString() {
        return "Api";
      }
    }

    record OAuth(String accessToken) implements Credential {
      @Override
      public String toString() {
        return "OAuth";
      }
    }

    record Custom(JsonNode data) implements Credential {
      @Override
      public String toString() {
        return "Custom";
      }
    }
  }

  record Restored(Path restored, Path from) {}

  record Cleared(int entries, long bytes) {}
}
