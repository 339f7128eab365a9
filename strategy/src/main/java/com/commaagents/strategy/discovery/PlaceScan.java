package com.commaagents.strategy.discovery;

import com.commaagents.strategy.definition.Project;
import com.commaagents.strategy.discovery.Candidate.Listing;
import com.commaagents.strategy.discovery.Catalogue.Warning;
import com.commaagents.strategy.load.ProjectLoader;
import com.commaagents.strategy.load.ProjectResult;
import com.commaagents.strategy.source.SourceFormat;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The candidates of a place.
///
/// @param files absolute, in the order of their names
record PlaceScan(List<Candidate> files, List<Warning> warnings) {
  /// Strategy files of one folder; which of more are taken is up to the file system.
  static final int MAX_FILES = 200;

  /// Entries of a folder that are looked at, strategies or not.
  static final int MAX_ENTRIES = 10_000;

  static PlaceScan of(Place place) {
    return switch (place) {
      case Place.Folder folder -> folder(folder.path());
      case Place.Manifest manifest -> manifest(manifest.path());
    };
  }

  private static PlaceScan folder(Path folder) {
    List<Candidate> files = new ArrayList<>();
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
          files.add(Candidate.plain(entry.toAbsolutePath()));
        }
      }
    } catch (NoSuchFileException nothingThere) {
      return new PlaceScan(List.of(), List.of());
    } catch (IOException | DirectoryIteratorException unreadable) {
      warnings.add(new Warning(folder, "the folder cannot be listed"));
    }
    files.sort(Comparator.comparing(Candidate::file));
    return new PlaceScan(files, warnings);
  }

  private static PlaceScan manifest(Path manifest) {
    if (!Files.exists(manifest)) {
      return new PlaceScan(List.of(), List.of());
    }
    return switch (ProjectLoader.check(manifest)) {
      case ProjectResult.Refused(var reason) ->
          new PlaceScan(List.of(), List.of(new Warning(manifest, reason.summary())));
      case ProjectResult.Read(Project project) -> exposed(project);
    };
  }

  private static PlaceScan exposed(Project project) {
    List<Candidate> files = new ArrayList<>();
    project
        .strategies()
        .forEach((id, part) -> {
          if (part.expose() && files.size() < MAX_FILES) {
            Listing listing = new Listing(id, project.name() + "/" + id, part.description());
            files.add(new Candidate(part.file(), Optional.of(listing)));
          }
        });
    boolean all = project.strategies().size() <= MAX_FILES;
    return new PlaceScan(files, all ? List.of() : List.of(tooMany(project.manifest())));
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
