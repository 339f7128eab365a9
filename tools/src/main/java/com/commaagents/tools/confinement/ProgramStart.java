package com.commaagents.tools.confinement;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Starts a program from a thread that first becomes what the program shall be: its folder, its
/// streams, its signals. The thread is of no other use then and must end.
final class ProgramStart {
  private static final int OWN_FOLDER_AND_DESCRIPTORS = 0x200 | 0x400;
  private static final int CLOSE_RANGE = 436;
  private static final int ON_EXEC = 4;
  private static final long LAST_DESCRIPTOR = 0xFFFF_FFFFL;
  private static final int SET_MASK = 2;
  private static final int MASK_BYTES = 128;

  private final LinuxCalls calls;
  private final List<Integer> streams;
  private final MemorySegment directory;
  private final MemorySegment program;
  private final MemorySegment arguments;
  private final MemorySegment environment;
  private final MemorySegment noSignals;
  private final MemorySegment pid;

  /// @param streams the program's input, output and error output
  /// @param arena must last until the program is started
  ProgramStart(LinuxCalls calls, Launch launch, List<Integer> streams, Arena arena) {
    this.calls = calls;
    this.streams = List.copyOf(streams);
    List<String> words = new ArrayList<>(launch.session());
    words.addAll(launch.program());
    directory = arena.allocateFrom(launch.directory().toString());
    program = arena.allocateFrom(words.getFirst());
    arguments = texts(words, arena);
    environment =
        texts(
            launch.allVariables().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList(),
            arena);
    noSignals = arena.allocate(MASK_BYTES, 8);
    pid = arena.allocate(ValueLayout.JAVA_INT);
  }

  private static MemorySegment texts(List<String> texts, Arena arena) {
    MemorySegment list = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      list.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return list;
  }

  /// Parts the calling thread from the others of this process. All files of this process will be
  /// closed in the program.
  void prepareThread() throws IOException {
    calls.unshare(OWN_FOLDER_AND_DESCRIPTORS);
    for (int i = 0; i < streams.size(); i++) {
      calls.duplicate(streams.get(i), i);
    }
    calls.system(CLOSE_RANGE, streams.size(), LAST_DESCRIPTOR, ON_EXEC, 0);
    calls.changeDirectory(directory);
    calls.setSignalMask(SET_MASK, noSignals);
  }

  /// @return the id of the process
  int spawn() throws IOException {
    calls.spawn(pid, program, arguments, environment);
    return pid.get(ValueLayout.JAVA_INT, 0);
  }
}
