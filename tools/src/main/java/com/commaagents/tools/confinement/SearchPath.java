package com.commaagents.tools.confinement;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The folders in which programs are looked for, as in `PATH`.
public record SearchPath(String folders) {
  /// Takes the first program of that name in a folder that is named absolutely.
  public Optional<Path> program(String name) {
    return Arrays.stream(folders.split(":", -1))
        .filter(folder -> folder.startsWith("/"))
        .flatMap(folder -> path(folder, name).stream())
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Optional<Path> path(String folder, String name) {
    try {
      return Optional.of(Path.of(folder, name));
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
  }
}
