package com.commaagents.packages;

import com.commaagents.base.id.IdGenerator;
import com.commaagents.packages.registry.Download;
import com.commaagents.packages.registry.Registry;
import com.commaagents.packages.registry.RegistryAddress;
import java.nio.file.Path;
import java.util.Optional;

/// A process that installs one version of `@a/b` after the other until it is killed, and says a
/// line for each. Arguments: the data folder, then the folders of two registries.
final class PackageUpdates {
  private PackageUpdates() {}

  public static void main(String[] arguments) throws InterruptedException {
    Packages[] registries = new Packages[2];
    for (int i = 0; i < registries.length; i++) {
      RegistryAddress address = new RegistryAddress.Folder(Path.of(arguments[i + 1]));
      registries[i] =
          Packages.of(
              Path.of(arguments[0]),
              Optional.of(new Registry(address, new Download())),
              IdGenerator.random());
    }
    registries[0].recover();
    if (registries[0].list().installed().isEmpty()) {
      var _ = registries[0].install("@a/b", Optional.empty(), true);
    }
    for (int i = 1; ; i++) {
      System.out.println(registries[i % 2].update("@a/b", Optional.empty(), true).version());
    }
  }
}
