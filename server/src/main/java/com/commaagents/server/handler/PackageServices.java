package com.commaagents.server.handler;

import com.commaagents.protocol.message.HubPackage;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Port: the packages that the daemon has installed, and the registry it gets them from.
/// Thread-safe.
public interface PackageServices {
  /// @param available what the registry offers, as objects; empty where it could not be asked
  /// @param problem why it could not be asked
  record Listing(
      Optional<List<JsonNode>> available, Optional<String> problem, List<HubPackage> installed) {
    public Listing {
      available = available.map(List::copyOf);
      installed = List.copyOf(installed);
    }
  }

  /// @throws com.commaagents.base.fault.Fault when what is installed cannot be read
  Listing list() throws InterruptedException;

  /// @param version empty: the newest
  /// @param allowCode whether it may run what it brings along
  /// @throws com.commaagents.base.fault.Fault with nothing changed
  HubPackage install(String name, Optional<String> version, boolean allowCode)
      throws InterruptedException;

  /// @throws com.commaagents.base.fault.Fault as [#install]
  HubPackage update(String name, Optional<String> version, boolean allowCode)
      throws InterruptedException;

  /// Whether there was such a package.
  ///
  /// @throws com.commaagents.base.fault.Fault when it cannot be taken away
  boolean remove(String name) throws InterruptedException;
}
