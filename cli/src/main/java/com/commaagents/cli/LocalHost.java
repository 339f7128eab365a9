package com.commaagents.cli;

import com.commaagents.base.time.Timestamps;
import com.commaagents.cli.sandbox.Sandbox;
import com.commaagents.protocol.message.TrashWorkspace;
import com.commaagents.server.handler.HostServices;
import com.commaagents.tools.trash.Trash;
import com.commaagents.tools.trash.TrashEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// This machine, for the daemon's clients: its trash, and what confines its programs.
final class LocalHost implements HostServices {
  private final Trash trash;
  private final Sandbox commands;
  private final Sandbox servers;

  LocalHost(Trash trash, Sandbox commands, Sandbox servers) {
    this.trash = trash;
    this.commands = commands;
    this.servers = servers;
  }

  @Override
  public Map<String, String> confinement() {
    return Map.of("commands", commands.words(), "mcpServers", servers.words());
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
