package com.commaagents.tools.confinement;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Confinement by Landlock, which the kernel itself has: a process gives up the right to write but
/// beneath some folders, for itself and for all that come from it.
///
/// Handled are the rights to write, to cut, to make and to remove. Landlock knows none for modes,
/// owners, times and attributes of a file, so those of other files can be changed; it hides no
/// file. A confined process can look into no process that is not (`/proc/PID/environ`, `mem`,
/// `fd`), unless it may look into all: so root's powers are given up, but for [Capability]. Source:
/// `Documentation/userspace-api/landlock.rst` of Linux, and `mm_access` for the powers.
public final class Landlock implements Confinement {
  /// The first version that can hold cutting of files (Linux 6.2).
  static final int LEAST_VERSION = 3;

  private static final int CREATE_RULESET = 444;
  private static final int ADD_RULE = 445;
  private static final int RESTRICT_SELF = 446;
  private static final int OPEN_AT = 437;
  private static final int TELL_VERSION = 1;
  private static final int RULE_PATH_BENEATH = 1;
  private static final int SET_NO_NEW_PRIVILEGES = 38;
  private static final int CAPABILITIES_VERSION = 0x2008_0522;
  // Effective, permitted and inheritable, of the first 32 capabilities and then of the others.
  private static final int CAPABILITY_SETS = 6;
  private static final long AT_WORKING_DIRECTORY = -100;
  private static final long OPEN_PATH_ON_EXEC_CLOSED = 0x200000 | 0x80000;
  private static final long WITHOUT_LINKS = 0x04;

  private static final long WRITE_FILE = 1L << 1;
  private static final long TRUNCATE = 1L << 14;
  private static final long MAKE_CHARACTER_DEVICE = 1L << 6;
  private static final long MAKE_BLOCK_DEVICE = 1L << 11;
  // Removing, making of all kinds, and moving from folder to folder: bits 4 to 13.
  private static final long NAMES = (1L << 14) - (1L << 4);
  private static final long HANDLED = WRITE_FILE | NAMES | TRUNCATE;
  private static final long OF_FILES = WRITE_FILE | TRUNCATE;
  private static final long OF_FOLDERS = HANDLED & ~(MAKE_CHARACTER_DEVICE | MAKE_BLOCK_DEVICE);

  private static final Pattern REFUSED =
      Pattern.compile(
          "permission denied|EACCES|AccessDenied|cross-device link|EXDEV",
          Pattern.CASE_INSENSITIVE);

  private final LinuxCalls calls;
  private final int version;
  private final WritablePlaces places;

  Landlock(LinuxCalls calls, int version, WritablePlaces places) {
    this.calls = calls;
    this.version = version;
    this.places = places;
  }

  /// The kernel's version of Landlock.
  ///
  /// @throws IOException when it has none, or it is switched off
  static int version(LinuxCalls calls) throws IOException {
    return (int) calls.system(CREATE_RULESET, 0, 0, TELL_VERSION, 0);
  }

  @Override
  public Optional<String> name() {
    return Optional.of("Landlock " + version);
  }

  @Override
  public WritablePlaces places() {
    return places;
  }

  @Override
  public boolean looksRefused(String output) {
    return REFUSED.matcher(output).find();
  }

  @Override
  public Cell open(Path workspace) {
    return new LandlockCell(this, calls, workspace);
  }

  /// Rules for a thread, as a descriptor that is closed when a program is executed.
  int rules(List<Path> own) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handled = arena.allocateFrom(ValueLayout.JAVA_LONG, HANDLED);
      int rules = (int) calls.system(CREATE_RULESET, handled.address(), handled.byteSize(), 0, 0);
      boolean whole = false;
      try {
        for (Path folder : own) {
          allow(rules, folder, OF_FOLDERS, arena);
        }
        allowCommonPlaces(rules, arena);
        whole = true;
        return rules;
      } finally {
        if (!whole) {
          calls.close(rules);
        }
      }
    }
  }

  private void allowCommonPlaces(int rules, Arena arena) throws IOException {
    for (Path folder : places.existing()) {
      allow(rules, folder, OF_FOLDERS, arena);
    }
    for (Path folder : WritablePlaces.DEVICE_FOLDERS) {
      if (Files.isDirectory(folder)) {
        allow(rules, folder.toRealPath(), OF_FOLDERS, arena);
      }
    }
    for (Path device : WritablePlaces.DEVICES) {
      if (Files.exists(device)) {
        allow(rules, device.toRealPath(), OF_FILES, arena);
      }
    }
  }

  // A name whose links were followed may be a link by now: then it is refused.
  private void allow(int rules, Path path, long rights, Arena arena) throws IOException {
    MemorySegment how = arena.allocate(ValueLayout.JAVA_LONG, 3);
    how.setAtIndex(ValueLayout.JAVA_LONG, 0, OPEN_PATH_ON_EXEC_CLOSED);
    how.setAtIndex(ValueLayout.JAVA_LONG, 2, WITHOUT_LINKS);
    MemorySegment name = arena.allocateFrom(path.toString());
    int opened =
        (int)
            calls.system(
                OPEN_AT, AT_WORKING_DIRECTORY, name.address(), how.address(), how.byteSize());
    try {
      MemorySegment rule = arena.allocate(12, 8);
      rule.set(ValueLayout.JAVA_LONG, 0, rights);
      rule.set(ValueLayout.JAVA_INT, 8, opened);
      calls.system(ADD_RULE, rules, RULE_PATH_BENEATH, rule.address(), 0);
    } finally {
      calls.close(opened);
    }
  }

  /// Confines the calling thread, and what it starts, for ever.
  void restrictThread(int rules) throws IOException {
    calls.control(SET_NO_NEW_PRIVILEGES, 1);
    calls.system(RESTRICT_SELF, rules, 0, 0, 0);
    giveUpCapabilities();
  }

  // Without new privileges a program of root's gets none of them back.
  private void giveUpCapabilities() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ofThisThread =
          arena.allocateFrom(ValueLayout.JAVA_INT, CAPABILITIES_VERSION, 0);
      MemorySegment sets = arena.allocate(ValueLayout.JAVA_INT, CAPABILITY_SETS);
      calls.getCapabilities(ofThisThread, sets);
      for (int i = 0; i < CAPABILITY_SETS; i++) {
        int kept = i < CAPABILITY_SETS / 2 ? Capability.lowerBits() : 0;
        int now = sets.getAtIndex(ValueLayout.JAVA_INT, i);
        sets.setAtIndex(ValueLayout.JAVA_INT, i, now & kept);
      }
      calls.setCapabilities(ofThisThread, sets);
    }
  }
}
