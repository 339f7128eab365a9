package com.commaagents.strategy.installed;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The folder `packages` of a data folder. Reads the disk anew each time; thread-safe.
///
/// Limit: [#MAX_PACKAGES].
public final class InstalledPackages {
  /// Of more, as many are known as the file system names first.
  public static final int MAX_PACKAGES = 1_000;

  private final Path folder;
  private final CodeApprovals approvals;

  /// One of them.
  ///
  /// @param receipt empty for one that was laid there by hand
  public record Installed(PackageName name, Path folder, Optional<PackageReceipt> receipt) {}

  public InstalledPackages(Path dataFolder, CodeApprovals approvals) {
    this.folder = dataFolder.toAbsolutePath().resolve("packages");
    this.approvals = approvals;
  }

  /// Where they lie, in folders of their scopes.
  public Path folder() {
    return folder;
  }

  /// All of them by name.
  ///
  /// @throws Fault `PERSISTENCE` when a folder cannot be listed
  public List<Installed> list() {
    List<Installed> found = new ArrayList<>();
    for (Path scope : folders(folder)) {
      for (Path place : folders(scope)) {
        PackageName.parse(scope.getFileName() + "/" + place.getFileName())
            .filter(_ -> found.size() < MAX_PACKAGES)
            .ifPresent(name -> found.add(installed(name, place)));
      }
    }
    return List.copyOf(found);
  }

  private static List<Path> folders(Path parent) {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
      for (Path entry : entries) {
        if (folders.size() < MAX_PACKAGES) {
          folders.add(entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException nothingThere) {
      return List.of();
    } catch (IOException | DirectoryIteratorException unreadable) {
      throw new Fault(FaultCode.PERSISTENCE, "cannot list the folder " + parent, unreadable);
    }
    folders.sort(null);
    return folders;
  }

  public Optional<Installed> find(PackageName name) {
    Path place = name.in(folder);
    return Files.isDirectory(place) ? Optional.of(installed(name, place)) : Optional.empty();
  }

  private static Installed installed(PackageName name, Path place) {
    return new Installed(
        name, place, PackageReceipt.in(place).filter(receipt -> receipt.name().equals(name)));
  }

  /// Whether what the package brings along may run.
  ///
  /// @throws Fault as [CodeApprovals#isApproved]
  public boolean isCodeApproved(Installed installed) {
    return installed.receipt().filter(approvals::isApproved).isPresent();
  }

  /// The folder of the package that a file lies in, whatever that is called.
  ///
  /// @param file with all links resolved
  public Optional<Path> around(Path file) {
    try {
      Path real = folder.toRealPath();
      return file.startsWith(real) && file.getNameCount() > real.getNameCount() + 2
          ? Optional.of(real.resolve(real.relativize(file).subpath(0, 2)))
          : Optional.empty();
    } catch (IOException noPackages) {
      return Optional.empty();
    }
  }

  /// Why nothing that the package brings along may run, and what to do; empty where it may.
  ///
  /// @param place as [#around] gives it
  public Optional<String> codeRefusal(Path place) {
    Path scope = place.resolveSibling("");
    Optional<PackageName> name = PackageName.parse(scope.getFileName() + "/" + place.getFileName());
    Optional<Installed> installed = name.map(known -> installed(known, place));
    if (installed.flatMap(Installed::receipt).isEmpty()) {
      return Optional.of(
          "it was laid among the packages by hand; what may run code is installed from a registry,"
              + " or lies in the folder strategies of the data folder");
    }
    try {
      return isCodeApproved(installed.get())
          ? Optional.empty()
          : Optional.of(
              "nobody has approved it; see what it runs and approve it with comma packages install "
                  + name.get()
                  + " --allow-code");
    } catch (Fault unknown) {
      return Optional.of(unknown.message());
    }
  }
}
