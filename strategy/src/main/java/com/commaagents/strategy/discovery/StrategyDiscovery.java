package com.commaagents.strategy.discovery;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.definition.Project;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.discovery.Catalogue.Warning;
import com.commaagents.strategy.discovery.FoundStrategy.Origin;
import com.commaagents.strategy.installed.InstalledPackages;
import com.commaagents.strategy.load.LoadRequest;
import com.commaagents.strategy.load.LoadResult.Loaded;
import com.commaagents.strategy.load.LoadResult.Rejected;
import com.commaagents.strategy.load.StrategyLoader;
import com.commaagents.strategy.source.SourceFormat;
import com.commaagents.strategy.wording.NearNames;
import com.commaagents.strategy.wording.Shown;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Finds strategies: in `<cwd>/.comma/strategies`, in the projects below it, in the project
/// `<cwd>/.comma`; in `strategies` of the data folder and the projects below it; in its packages
/// `packages/@scope/name`; those that come with the program. The first of a path or a name wins.
/// Limits of a folder: [PlaceScan]. Thread-safe; reads anew each time.
public final class StrategyDiscovery {
  private final StrategyLoader loader;
  private final Path dataFolder;

  public StrategyDiscovery(StrategyLoader loader, Path dataFolder) {
    this.loader = loader;
    this.dataFolder = dataFolder;
  }

  /// What there is for somebody who works in `workingFolder`.
  public Catalogue discover(Path workingFolder) {
    Search search = new Search();
    for (Place place : places(workingFolder, search.warnings)) {
      PlaceScan scan = PlaceScan.of(place);
      search.warnings.addAll(scan.warnings());
      scan.files().forEach(file -> search.consider(file, place.origin()));
    }
    return new Catalogue(List.copyOf(search.byName.values()), search.warnings);
  }

  /// The absolute path of a strategy that somebody calls by name or by path. A text with one of the
  /// extensions or a separator is a path, relative to `workingFolder`; the file need not exist.
  ///
  /// @throws Fault `NOT_FOUND`: no strategy has that name; `INVALID_INPUT`: no path can be so
  public Path locate(String nameOrPath, Path workingFolder) {
    boolean isPath = isPath(nameOrPath);
    Path direct = isPath ? workingFolder.resolve(nameOrPath).toAbsolutePath() : workingFolder;
    if (isPath && (SourceFormat.of(direct).isPresent() || Files.exists(direct))) {
      return direct;
    }
    Catalogue catalogue = discover(workingFolder);
    if (isPath) {
      return catalogue.find(nameOrPath).map(FoundStrategy::file).orElse(direct);
    }
    return catalogue
        .find(nameOrPath)
        .map(FoundStrategy::file)
        .orElseThrow(() -> notFound(nameOrPath, workingFolder, catalogue));
  }

  private List<Place> places(Path workingFolder, List<Warning> warnings) {
    Path own = workingFolder.resolve(".comma");
    List<Place> places = new ArrayList<>();
    places.add(new Place.Folder(own.resolve("strategies"), Origin.WORKSPACE));
    addProjects(
        own.resolve("strategies"), SubFolders.MAX_PROJECTS, Origin.WORKSPACE, places, warnings);
    places.add(new Place.Manifest(own.resolve(Project.FILE_NAME), Origin.WORKSPACE));
    places.add(new Place.Folder(dataFolder.resolve("strategies"), Origin.DATA_FOLDER));
    addProjects(
        dataFolder.resolve("strategies"),
        SubFolders.MAX_PROJECTS,
        Origin.DATA_FOLDER,
        places,
        warnings);
    SubFolders scopes =
        SubFolders.of(dataFolder.resolve("packages"), InstalledPackages.MAX_PACKAGES);
    warnings.addAll(scopes.warnings());
    for (Path scope : scopes.folders()) {
      if (String.valueOf(scope.getFileName()).startsWith("@")) {
        // As many as can be installed.
        addProjects(scope, InstalledPackages.MAX_PACKAGES, Origin.PACKAGE, places, warnings);
      }
    }
    places.add(new Place.Folder(BundledStrategies.in(dataFolder), Origin.BUNDLED));
    return places;
  }

  private static void addProjects(
      Path parent, int most, Origin origin, List<Place> places, List<Warning> warnings) {
    SubFolders found = SubFolders.of(parent, most);
    warnings.addAll(found.warnings());
    for (Path folder : found.folders()) {
      places.add(new Place.Manifest(folder.resolve(Project.FILE_NAME), origin));
    }
  }

  private static boolean isPath(String nameOrPath) {
    try {
      return SourceFormat.of(Path.of(nameOrPath)).isPresent()
          || nameOrPath.contains("/")
          || nameOrPath.contains(File.separator);
    } catch (InvalidPathException impossible) {
      throw new Fault(
          FaultCode.INVALID_INPUT, "Not the name of a strategy: " + Shown.quoted(nameOrPath));
    }
  }

  private Fault notFound(String name, Path workingFolder, Catalogue catalogue) {
    List<String> names = catalogue.strategies().stream().map(FoundStrategy::name).toList();
    List<String> looked =
        Stream.of(
                workingFolder.resolve(".comma").resolve("strategies"),
                dataFolder.resolve("strategies"))
            .map(Shown::path)
            .toList();
    return new Fault(
        FaultCode.NOT_FOUND,
        "No strategy named "
            + Shown.quoted(name)
            + "; "
            + NearNames.hint(name, names, "there are: ")
            + " (looked in "
            + String.join(" and ", looked)
            + "; a file is named with its extension)");
  }

  /// One search's finds.
  private final class Search {
    private final Map<String, FoundStrategy> byName = new LinkedHashMap<>();
    private final Set<Path> seen = new HashSet<>();
    private final List<Warning> warnings = new ArrayList<>();

    void consider(Candidate candidate, Origin origin) {
      if (!seen.add(candidate.file().normalize())) {
        return;
      }
      switch (loader.check(candidate.file(), LoadRequest.FILE_ONLY)) {
        case Rejected rejected -> warnings.add(new Warning(candidate.file(), rejected.summary()));
        case Loaded(Strategy strategy) -> add(found(candidate, strategy, origin));
      }
    }

    private static FoundStrategy found(Candidate candidate, Strategy strategy, Origin origin) {
      return candidate
          .listing()
          .map(listing ->
              new FoundStrategy(
                  listing.id(),
                  listing.name(),
                  listing.description().or(strategy::description),
                  strategy.file(),
                  origin))
          .orElseGet(() ->
              new FoundStrategy(
                  id(strategy.file()),
                  strategy.name(),
                  strategy.description(),
                  strategy.file(),
                  origin));
    }

    /// A place hides what lies further away; in one and the same place a name is there by mistake.
    private void add(FoundStrategy found) {
      FoundStrategy first = byName.putIfAbsent(found.name(), found);
      if (first != null && first.origin() == found.origin()) {
        warnings.add(
            new Warning(
                found.file(),
                "the name "
                    + Shown.quoted(found.name())
                    + " is taken by "
                    + Shown.path(first.file())));
      }
    }

    private static String id(Path file) {
      String name = String.valueOf(file.getFileName());
      return name.substring(0, name.length() - SourceFormat.extension(file).length());
    }
  }
}
