package com.commaagents.server.fakes;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.protocol.message.TrashWorkspace;
import com.commaagents.server.handler.HostServices;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A host with one trashed file, `/work/.trash/a`. It refuses the provider `refused` and every
/// folder but `/work`; the provider `defect` meets a programming error.
public final class FakeHost implements HostServices {
  public static final String DEFECT = "a defect with a secret in it";

  private static final Path WORK = Path.of("/work");
  private static final Path TRASHED = Path.of("/work/.trash/a");

  public final Map<String, Credential> credentials = new ConcurrentHashMap<>();

  @Override
  public void setCredential(String providerId, Credential credential) {
    if (providerId.equals("defect")) {
      throw new IllegalStateException(DEFECT);
    }
    if (providerId.equals("refused")) {
      throw new Fault(FaultCode.PERSISTENCE, "The disk is full.");
    }
    credentials.put(providerId, credential);
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
