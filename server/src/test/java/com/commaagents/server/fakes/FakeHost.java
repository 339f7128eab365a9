package com.commaagents.server.fakes;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.protocol.message.TrashWorkspace;
import com.commaagents.server.handler.HostServices;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A host with one trashed file, `/work/.trash/a`. It refuses every folder but `/work`.
public final class FakeHost implements HostServices {
  private static final Path WORK = Path.of("/work");
  private static final Path TRASHED = Path.of("/work/.trash/a");

  @Override
  public Map<String, String> confinement() {
    return Map.of("commands", "confined by a fence");
  }

  @Override
  public List<TrashWorkspace> listTrash(Optional<Path> cwd) {
    return cwd.orElse(WORK).equals(WORK)
        ? List.of(
            new TrashWorkspace(
                WORK.toString(),
                List.of(
                    new TrashWorkspace.Entry(
                        TRASHED.toString(),
                        new TrashWorkspace.Metadata(
                            "2026-11-22T06:36:14.918Z",
                            "/work/a",
                            "abc",
                            Optional.empty(),
                            Optional.of("run-1"),
                            Optional.of("coder")),
                        12))))
        : List.of();
  }

  @Override
  public Restored restoreTrash(Path cwd, String trashPath, Optional<String> targetPath) {
    Path target = targetPath.map(cwd::resolve).orElse(cwd.resolve("a"));
    if (!cwd.resolve(trashPath).equals(TRASHED)) {
      throw new Fault(FaultCode.NOT_FOUND, "Not in the trash: " + trashPath);
    }
    return new Restored(target, TRASHED);
  }

  @Override
  public Cleared clearTrash(Optional<Path> cwd) {
    if (!cwd.orElse(WORK).equals(WORK)) {
      throw new Fault(FaultCode.PERSISTENCE, "Cannot be deleted.");
    }
    return new Cleared(1, 12);
  }
}
