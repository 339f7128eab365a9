package com.commaagents.server.fakes;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.json.Json;
import com.commaagents.protocol.message.HubPackage;
import com.commaagents.server.handler.PackageServices;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// A registry with the one package `@a/b`. Other names are not known, and nothing is listed once it
/// is broken.
public final class FakePackages implements PackageServices {
  public static final String UNKNOWN = "The registry has no such package.";

  public final Map<String, HubPackage> installed = new ConcurrentSkipListMap<>();
  public boolean unreachable;
  public boolean broken;

  @Override
  public Listing list() {
    if (broken) {
      throw new Fault(FaultCode.PERSISTENCE, "cannot list the folder");
    }
    return unreachable
        ? new Listing(Optional.empty(), Optional.of("no registry"), all())
        : new Listing(
            Optional.of(List.of(Json.object().put("name", "@a/b"))), Optional.empty(), all());
  }

  private List<HubPackage> all() {
    return List.copyOf(installed.values());
  }

  @Override
  public HubPackage install(String name, Optional<String> version, boolean allowCode) {
    return put(name, version.orElse("1.0.0"), allowCode);
  }

  @Override
  public HubPackage update(String name, Optional<String> version, boolean allowCode) {
    return put(name, version.orElse("1.1.0"), allowCode);
  }

  private HubPackage put(String name, String version, boolean allowCode) {
    requireKnown(name);
    HubPackage one = new HubPackage(name, version, "abc", "/data/packages/" + name, allowCode);
    installed.put(name, one);
    return one;
  }

  @Override
  public boolean remove(String name) {
    requireKnown(name);
    return installed.remove(name) != null;
  }

  private static void requireKnown(String name) {
    if (!name.equals("@a/b")) {
      throw new Fault(FaultCode.NOT_FOUND, UNKNOWN);
    }
  }
}
