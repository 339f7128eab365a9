package com.commaagents.strategy.discovery;

import com.commaagents.strategy.discovery.Catalogue.Warning;
import com.commaagents.strategy.source.SourceFormat;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The candidates of a place.
///
/// @param files absolute, in the order of their names
record PlaceScan(List<Path> files, List<Warning> warnings) {
  /// Strategy files of one folder; which of more are taken is up to the file system.
  static final int MAX_FILES = 200;

  /// Entries of a folder that are looked at, strategies or not.
  static final int MAX_ENTRIES = 10_000;

  static PlaceScan of(Place place) {
    return switch (place) {
      case Place.Folder folder -> folder(folder.path());
    };
  }

  private static PlaceScan folder(Path folder) {
    List<Path> files = new ArrayList<>();
    List<Warning> warnings = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      int looked = 0;
      for (Path entry : entries) {
        if (files.size() == MAX_FILES || looked == MAX_ENTRIES) {
          warnings.add(tooMany(folder));
          break;
        }
        looked++;
        if (isCandidate(entry)) {
          files.add(entry.toAbsolutePath());
        }
      }
    } catch (NoSuchFileException nothingThere) {
      return new PlaceScan(List.of(), List.of());
    } catch (IOException | DirectoryIteratorException unreadable) {
      warnings.add(new Warning(folder, "the folder cannot be listed"));
    }
    files.sort(null);
    return new PlaceScan(files, warnings);
  }

  /// Editors and file managers keep copies under names that begin with a dot; a script is what
  /// plays a strategy.
  private static boolean isCandidate(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return SourceFormat.of(entry).isPresent()
        && !name.startsWith(".")
        && !name.endsWith(".script.yaml")
        && !Files.isDirectory(entry);
  }

  private static Warning tooMany(Path folder) {
    return new Warning(
        folder,
        "only "
            + MAX_FILES
            + " strategies of "
            + MAX_ENTRIES
            + " entries are looked at; move what is not needed");
  }
}
