package com.commaagents.packages.registry;

import com.commaagents.strategy.installed.PackageName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a registry offers.
///
/// @param packages by name
public record Index(SortedMap<PackageName, Offer> packages) {
  /// A package in all its versions.
  public record Offer(Release latest, Map<String, Release> versions) {
    public Offer {
      versions = Map.copyOf(versions);
    }
  }

  public Index {
    packages = Collections.unmodifiableSortedMap(new TreeMap<>(packages));
  }

  /// The newest of each package, by name.
  public List<Release> latest() {
    return packages.values().stream().map(Offer::latest).toList();
  }

  public Optional<Release> latest(PackageName name) {
    return Optional.ofNullable(packages.get(name)).map(Offer::latest);
  }
}
