package com.commaagents.cli;

import com.commaagents.base.time.Timestamps;
import com.commaagents.models.credentials.CredentialStore;
import com.commaagents.protocol.message.TrashWorkspace;
import com.commaagents.server.handler.HostServices;
import com.commaagents.tools.trash.Trash;
import com.commaagents.tools.trash.TrashEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Credentials and trash on this machine, for the daemon's clients.
final class LocalHost implements HostServices {
  private final CredentialStore credentials;
  private final Trash trash;

  LocalHost(CredentialStore credentials, Trash trash) {
    this.credentials = credentials;
    this.trash = trash;
  }

  @Override
  public void setCredential(String providerId, Credential credential) {
    credentials.set(
        providerId,
        switch (credential) {
          case Credential.Api(var key) ->
              new com.commaagents.models.credentials.Credential.ApiKey(key);
          case Credential.OAuth(var token) ->
              new com.commaagents.models.credentials.Credential.OAuth(token, Optional.empty());
          case Credential.Custom(var data) ->
              new com.commaagents.models.credentials.Credential.Custom(data);
        });
  }

  @Override
  public List<TrashWorkspace> listTrash(Optional<Path> cwd) throws InterruptedException {
    return trash.list(cwd).stream()
        .map(workspace ->
            new TrashWorkspace(
                workspace.cwd().toString(),
                workspace.entries().stream().map(LocalHost::entry).toList()))
        .toList();
  }

  private static TrashWorkspace.Entry entry(TrashEntry entry) {
    TrashEntry.Metadata metadata = entry.metadata();
    return new TrashWorkspace.Entry(
        entry.path().toString(),
        new TrashWorkspace.Metadata(
            Timestamps.format(metadata.trashedAt()),
            metadata.originalPath(),
            metadata.originalSha256(),
            Optional.empty(),
            metadata.runId(),
            metadata.agentName()),
        entry.sizeBytes());
  }

  @Override
  public Restored restoreTrash(Path cwd, String trashPath, Optional<String> targetPath)
      throws InterruptedException {
    Trash.Restored restored = trash.restore(cwd, trashPath, targetPath);
    return new Restored(restored.restored(), restored.from());
  }

  @Override
  public Cleared clearTrash(Optional<Path> cwd) throws InterruptedException {
    Trash.Cleared cleared = trash.clear(cwd);
    return new Cleared(cleared.cleared(), cleared.bytesFreed());
  }
}
