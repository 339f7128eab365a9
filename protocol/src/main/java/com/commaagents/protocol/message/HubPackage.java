package com.commaagents.protocol.message;

import java.util.List;
import java.util.Optional;

/// An installed package of the hub.
///
/// @param pinned present where it stays at this version
/// @param changes of its permissions, where it was just updated, a sentence each
public record HubPackage(
    String name,
    String version,
    String commit,
    String path,
    boolean executableCodeApproved,
    Optional<Boolean> pinned,
    Optional<List<String>> changes) {
  public HubPackage {
    changes = changes.map(List::copyOf);
  }

  /// One that is not pinned and was not just updated.
  public HubPackage(
      String name, String version, String commit, String path, boolean executableCodeApproved) {
    this(name, version, commit, path, executableCodeApproved, Optional.empty(), Optional.empty());
  }
}
