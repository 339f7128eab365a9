package com.commaagents.packages.registry;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.installed.PackageName;
import com.commaagents.strategy.wording.NearNames;
import com.commaagents.strategy.wording.Shown;
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

  /// One of a package's versions.
  ///
  /// @param version empty: the newest
  /// @throws Fault `NOT_FOUND`, with what there is
  public Release require(PackageName name, Optional<String> version) {
    Offer offer = packages.get(name);
    if (offer == null) {
      List<String> names = packages.keySet().stream().map(PackageName::toString).toList();
      throw new Fault(
          FaultCode.NOT_FOUND,
          "The registry has no package %s; %s."
              .formatted(name, NearNames.hint(name.toString(), names, "there are: ")));
    }
    String wanted = version.orElse(offer.latest().version());
    return Optional.ofNullable(offer.versions().get(wanted))
        .orElseThrow(() ->
            new Fault(
                FaultCode.NOT_FOUND,
                "The registry has no version %s of %s; %s."
                    .formatted(
                        Shown.quoted(wanted),
                        name,
                        NearNames.hint(
                            wanted,
                            offer.versions().keySet().stream().sorted().toList(),
                            "there are: "))));
  }
}
