package com.commaagents.tools.confinement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where commands may write besides their workspace, and what is hidden from them.
///
/// @param folders absolute; those that do not exist when a command is started are passed over
/// @param hidden a folder whose content commands should not see; only bubblewrap hides it
public record WritablePlaces(List<Path> folders, Optional<Path> hidden) {
  /// What of the daemon's data folder commands do see: skills and strategies come with programs.
  static final List<String> SHOWN = List.of("skills", "strategies", "packages", "bundled");

  /// Devices that hold nothing, and terminals.
  static final List<Path> DEVICES =
      Stream.of("null", "zero", "full", "tty", "ptmx").map(Path.of("/dev")::resolve).toList();

  static final List<Path> DEVICE_FOLDERS = List.of(Path.of("/dev/shm"), Path.of("/dev/pts"));

  public WritablePlaces {
    folders = List.copyOf(folders);
  }

  /// The temporary folders of this machine, and more.
  ///
  /// @param temporary further temporary folders: what `java.io.tmpdir` and `TMPDIR` say
  /// @param dataFolder the daemon's
  public static WritablePlaces of(List<Path> temporary, List<Path> more, Path dataFolder) {
    Set<Path> folders = new LinkedHashSet<>();
    folders.add(Path.of("/tmp"));
    folders.add(Path.of("/var/tmp"));
    folders.addAll(temporary);
    folders.addAll(more);
    return new WritablePlaces(List.copyOf(folders), Optional.of(dataFolder));
  }

  /// The folders that exist now, their links followed.
  List<Path> existing() {
    return folders.stream()
        .flatMap(folder -> real(folder).stream())
        // Whoever could write there could write everywhere.
        .filter(folder -> folder.getNameCount() > 0)
        .distinct()
        .toList();
  }

  /// The hidden folder when it exists, its links followed.
  Optional<Path> hiddenNow() {
    return hidden.flatMap(WritablePlaces::real);
  }

  private static Optional<Path> real(Path folder) {
    try {
      return Files.isDirectory(folder) ? Optional.of(folder.toRealPath()) : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
