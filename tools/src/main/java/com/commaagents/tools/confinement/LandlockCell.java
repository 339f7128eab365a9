package com.commaagents.tools.confinement;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/// The commands of one run under Landlock.
///
/// INVARIANT: a thread that was confined starts one program and ends. Whatever a confined thread
/// starts is confined, threads of ours too: did Java start the process, the thread that waits for
/// its end would be confined, and that one may start a carrier of virtual threads when it wakes
/// somebody; then a part of the daemon could no longer write. So the confined thread only calls the
/// C library, and is started and awaited by a platform thread that is not confined.
final class LandlockCell implements Cell {
  private final Landlock landlock;
  private final LinuxCalls calls;
  private final Path workspace;

  LandlockCell(Landlock landlock, LinuxCalls calls, Path workspace) {
    this.landlock = landlock;
    this.calls = calls;
    this.workspace = workspace;
  }

  @Override
  public Process start(Launch launch) throws IOException {
    return PlatformThread.run("start-" + launch.token(), () -> confined(launch));
  }

  private Process confined(Launch launch) throws IOException {
    try (Descriptors descriptors = new Descriptors(calls);
        Arena arena = Arena.ofShared()) {
      Descriptors.Pipe input = descriptors.pipe();
      Descriptors.Pipe output = descriptors.pipe();
      Descriptors.Pipe error = descriptors.pipe();
      int rules = descriptors.keep(landlock.rules(ownFolders(launch)));
      ProgramStart start =
          new ProgramStart(
              calls, launch, List.of(input.reading(), output.writing(), error.writing()), arena);
      FileOutputStream toProgram = new FileOutputStream(Descriptors.file(input.writing()));
      FileInputStream fromProgram = new FileInputStream(Descriptors.file(output.reading()));
      FileInputStream errors = new FileInputStream(Descriptors.file(error.reading()));
      boolean started = false;
      try {
        int pid = PlatformThread.run("confined-" + launch.token(), () -> spawn(start, rules));
        started = true;
        return new SpawnedProcess(pid, calls, toProgram, fromProgram, errors);
      } finally {
        if (!started) {
          toProgram.close();
          fromProgram.close();
          errors.close();
        }
      }
    }
  }

  private List<Path> ownFolders(Launch launch) {
    return launch.directory().startsWith(workspace)
        ? List.of(workspace)
        : List.of(workspace, launch.directory());
  }

  private int spawn(ProgramStart start, int rules) throws IOException {
    start.prepareThread();
    landlock.restrictThread(rules);
    return start.spawn();
  }

  /// Nothing is held.
  @Override
  public void close() {}
}
