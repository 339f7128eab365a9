package com.commaagents.cli;

import com.commaagents.base.json.Json;
import com.commaagents.packages.Packages;
import com.commaagents.packages.Packages.PackageInfo;
import com.commaagents.packages.registry.Release;
import com.commaagents.protocol.message.HubPackage;
import com.commaagents.server.handler.PackageServices;
import com.commaagents.strategy.definition.Permissions;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The packages of this machine, for the daemon's clients.
final class LocalPackages implements PackageServices {
  private final Packages packages;

  LocalPackages(Packages packages) {
    this.packages = packages;
  }

  @Override
  public Listing list() throws InterruptedException {
    Packages.Listing listing = packages.list();
    return new Listing(
        listing.problem().isPresent()
            ? Optional.empty()
            : Optional.of(listing.available().stream().map(LocalPackages::offer).toList()),
        listing.problem(),
        listing.installed().stream().map(LocalPackages::wire).toList());
  }

  private static JsonNode offer(Release release) {
    ObjectNode json =
        Json.object()
            .put("name", release.name().toString())
            .put("version", release.version())
            .put("commit", release.sha256())
            .put("size", release.size());
    release.description().ifPresent(text -> json.put("description", text));
    Permissions permissions = release.permissions();
    json.putObject("permissions")
        .put("network", permissions.network())
        .put("filesystem", permissions.filesystem().name().toLowerCase(Locale.ROOT))
        .put("shell", permissions.shell())
        .put("executesCode", permissions.executesCode());
    return json;
  }

  @Override
  public HubPackage install(String name, Optional<String> version, boolean allowCode)
      throws InterruptedException {
    return wire(packages.install(name, version, allowCode));
  }

  @Override
  public HubPackage update(String name, Optional<String> version, boolean allowCode)
      throws InterruptedException {
    return wire(packages.update(name, version, allowCode));
  }

  @Override
  public boolean remove(String name) throws InterruptedException {
    return packages.remove(name);
  }

  private static HubPackage wire(PackageInfo one) {
    return new HubPackage(
        one.name().toString(),
        one.version(),
        one.sha256().orElse(""),
        one.folder().toString(),
        one.codeApproved(),
        one.pinned() ? Optional.of(true) : Optional.empty(),
        Optional.of(one.changes()).filter(changes -> !changes.isEmpty()));
  }
}
