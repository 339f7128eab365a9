package com.commaagents.protocol.message;

import java.util.List;
import java.util.Optional;

/// What lies in the trash of one working directory.
public record TrashWorkspace(String cwd, List<Entry> entries) {
  public TrashWorkspace {
    entries = List.copyOf(entries);
  }

  /// One trashed file.
  public record Entry(String path, Metadata metadata, long sizeBytes) {}

  /// Where a trashed file came from.
  public record Metadata(
      String trashedAt,
      String originalPath,
      String originalSha256,
      Optional<String> sessionId,
      Optional<String> runId,
      Optional<String> agentName) {}
}
