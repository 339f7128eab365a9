package com.commaagents.strategy.discovery;

import com.commaagents.strategy.discovery.Catalogue.Warning;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The folders directly in a folder that may be projects.
///
/// @param folders in the order of their names; none that is hidden
record SubFolders(List<Path> folders, List<Warning> warnings) {
  /// Projects of one folder; which of more are taken is up to the file system.
  static final int MAX_PROJECTS = 100;

  /// @param most as many are taken
  static SubFolders of(Path parent, int most) {
    List<Path> folders = new ArrayList<>();
    List<Warning> warnings = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(parent, SubFolders::mayBeProject)) {
      for (Path entry : entries) {
        if (folders.size() == most) {
          warnings.add(
              new Warning(
                  parent, "only " + most + " projects are looked at; move what is not needed"));
          break;
        }
        folders.add(entry.toAbsolutePath());
      }
    } catch (NoSuchFileException | NotDirectoryException nothingThere) {
      return new SubFolders(List.of(), List.of());
    } catch (IOException | DirectoryIteratorException unreadable) {
      warnings.add(new Warning(parent, "the folder cannot be listed"));
    }
    folders.sort(null);
    return new SubFolders(folders, warnings);
  }

  private static boolean mayBeProject(Path entry) {
    return Files.isDirectory(entry) && !String.valueOf(entry.getFileName()).startsWith(".");
  }
}
