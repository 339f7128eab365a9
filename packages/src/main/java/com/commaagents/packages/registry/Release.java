package com.commaagents.packages.registry;

import com.commaagents.strategy.definition.Permissions;
import com.commaagents.strategy.installed.PackageName;
import com.commaagents.strategy.installed.PackageReceipt;
import java.util.Optional;

/// One version of a package, as the index says it.
///
/// @param archive an address, or a path relative to the index
/// @param size of the archive, in bytes
/// @param permissions more than these its manifest may not have
public record Release(
    PackageName name,
    String version,
    String archive,
    String sha256,
    long size,
    Permissions permissions,
    Optional<String> description) {
  /// What is left of it where it was installed.
  public PackageReceipt receipt() {
    return new PackageReceipt(name, version, sha256);
  }

  @Override
  public String toString() {
    return name + " " + version;
  }
}
