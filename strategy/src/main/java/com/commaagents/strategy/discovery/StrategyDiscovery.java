package com.commaagents.strategy.discovery;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.definition.Strategy;
import com.commaagents.strategy.discovery.Catalogue.Warning;
import com.commaagents.strategy.discovery.FoundStrategy.Origin;
import com.commaagents.strategy.load.LoadRequest;
import com.commaagents.strategy.load.LoadResult.Loaded;
import com.commaagents.strategy.load.LoadResult.Rejected;
import com.commaagents.strategy.load.StrategyLoader;
import com.commaagents.strategy.source.SourceFormat;
import com.commaagents.strategy.wording.NearNames;
import com.commaagents.strategy.wording.Shown;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds strategies: `<cwd>/.comma/strategies/*`, then `<data folder>/strategies/*`, then those
/// that come with the program; the first of a name wins. Limits of a folder: [PlaceScan].
/// Thread-safe; reads anew each time.
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
    for (Place place : places(workingFolder)) {
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
    if (isPath(nameOrPath)) {
      return workingFolder.resolve(nameOrPath).toAbsolutePath();
    }
    Catalogue catalogue = discover(workingFolder);
    return catalogue
        .find(nameOrPath)
        .map(FoundStrategy::file)
        .orElseThrow(() -> notFound(nameOrPath, workingFolder, catalogue));
  }

  private List<Place> places(Path workingFolder) {
    return List.of(
        new Place.Folder(workingFolder.resolve(".comma").resolve("strategies"), Origin.WORKSPACE),
        new Place.Folder(dataFolder.resolve("strategies"), Origin.DATA_FOLDER),
        new Place.Folder(BundledStrategies.in(dataFolder), Origin.BUNDLED));
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
        places(workingFolder).stream().map(place -> Shown.path(place.path())).toList();
    return new Fault(
        FaultCode.NOT_FOUND,
        "No strategy named "
            + Shown.quoted(name)
            + "; "
            + NearNames.hint(name, names, "there are: ")
            + " (looked in "
            + String.join(", ", looked)
            + "; a file is named with its extension)");
  }

  /// One search's finds.
  private final class Search {
    private final Map<String, FoundStrategy> byName = new LinkedHashMap<>();
    private final List<Warning> warnings = new ArrayList<>();

    void consider(Path file, Origin origin) {
      switch (loader.check(file, LoadRequest.FILE_ONLY)) {
        case Rejected rejected -> warnings.add(new Warning(file, rejected.summary()));
        case Loaded(Strategy strategy) -> add(strategy, origin);
      }
    }

    /// A place hides what lies further away; in one and the same place a name is there by mistake.
    private void add(Strategy strategy, Origin origin) {
      FoundStrategy found =
          new FoundStrategy(
              id(strategy.file()),
              strategy.name(),
              strategy.description(),
              strategy.file(),
              origin);
      FoundStrategy first = byName.putIfAbsent(found.name(), found);
      if (first != null && first.origin() == origin) {
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
