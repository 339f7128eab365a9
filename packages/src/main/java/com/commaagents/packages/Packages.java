package com.commaagents.packages;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.packages.disk.PrivateTree;
import com.commaagents.packages.disk.TreeChecksum;
import com.commaagents.packages.install.CodeInspection;
import com.commaagents.packages.install.Contents;
import com.commaagents.packages.install.Delivery;
import com.commaagents.packages.install.PackageShelf;
import com.commaagents.packages.install.PermissionChanges;
import com.commaagents.packages.registry.Registry;
import com.commaagents.packages.registry.Release;
import com.commaagents.strategy.definition.Project;
import com.commaagents.strategy.installed.CodeApprovals;
import com.commaagents.strategy.installed.InstalledPackages;
import com.commaagents.strategy.installed.InstalledPackages.Installed;
import com.commaagents.strategy.installed.PackageName;
import com.commaagents.strategy.installed.PackageReceipt;
import com.commaagents.strategy.load.ProjectLoader;
import com.commaagents.strategy.load.ProjectResult;
import com.commaagents.strategy.wording.Shown;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The packages of a data folder. Thread-safe: one change at a time, and lists at any time.
///
/// A change is whole or not at all, also through a crash. Runs that are prepared have read what
/// they need and go on; what is prepared later sees the change.
///
/// Limit: [InstalledPackages#MAX_PACKAGES].
public final class Packages {
  private final InstalledPackages installed;
  private final CodeApprovals approvals;
  private final Optional<Registry> registry;
  private final PackageShelf shelf;
  private final IdGenerator ids;
  private final ReentrantLock changing = new ReentrantLock();

  /// An installed package.
  ///
  /// @param version empty text where nobody says one
  /// @param sha256 of the archive it came in; empty for one that was laid there by hand
  /// @param pinned whether it stays at this version
  /// @param changes of its permissions, where it was just updated, a sentence each
  public record PackageInfo(
      PackageName name,
      String version,
      Optional<String> sha256,
      Path folder,
      boolean codeApproved,
      boolean pinned,
      List<String> changes) {
    public PackageInfo {
      changes = List.copyOf(changes);
    }
  }

  /// Asked for as a version, the newest one: no longer pinned.
  public static final String LATEST = "latest";

  /// What can be had, and what is there.
  ///
  /// @param available the newest of each package; empty where there is no registry, or where it
  ///   could not be asked, which `problem` says
  public record Listing(
      List<Release> available, Optional<String> problem, List<PackageInfo> installed) {
    public Listing {
      available = List.copyOf(available);
      installed = List.copyOf(installed);
    }
  }

  private Packages(
      Path dataFolder, Optional<Registry> registry, PackageShelf shelf, IdGenerator ids) {
    this.approvals = new CodeApprovals(dataFolder);
    this.installed = new InstalledPackages(dataFolder, approvals);
    this.registry = registry;
    this.shelf = shelf;
    this.ids = ids;
  }

  /// Nobody else may change the folder from now on.
  ///
  /// @param dataFolder absolute
  public static Packages of(Path dataFolder, Optional<Registry> registry, IdGenerator ids) {
    PackageShelf shelf = new PackageShelf(dataFolder.resolve("packages"));
    return new Packages(dataFolder, registry, shelf, ids);
  }

  /// Undoes what a crash has left half done, and forgets approvals of what is not there.
  ///
  /// @throws Fault `PERSISTENCE` when it cannot, `INVALID_INPUT` when the approvals are malformed
  public void recover() throws InterruptedException {
    boolean _ =
        change(() -> {
          shelf.sweep();
          approvals.keepOnly(receipts());
          return true;
        });
  }

  /// @throws Fault `PERSISTENCE` when the folder cannot be read, `INVALID_INPUT` when the approvals
  ///   are malformed
  public Listing list() throws InterruptedException {
    List<PackageInfo> there = installed.list().stream().map(this::info).toList();
    if (registry.isEmpty()) {
      return new Listing(List.of(), Optional.empty(), there);
    }
    try {
      return new Listing(registry.get().index().latest(), Optional.empty(), there);
    } catch (Fault unreachable) {
      return new Listing(List.of(), Optional.of(unreachable.message()), there);
    }
  }

  private PackageInfo info(Installed one) {
    return info(one, List.of());
  }

  private PackageInfo info(Installed one, List<String> changes) {
    return new PackageInfo(
        one.name(),
        one.receipt().map(PackageReceipt::version).orElseGet(() -> version(one.folder())),
        one.receipt().map(PackageReceipt::sha256),
        one.folder(),
        installed.isCodeApproved(one),
        one.receipt().filter(PackageReceipt::pinned).isPresent(),
        changes);
  }

  private static String version(Path folder) {
    return switch (ProjectLoader.check(folder.resolve(Project.FILE_NAME))) {
      case ProjectResult.Read(Project project) -> project.version();
      case ProjectResult.Refused _ -> "";
    };
  }

  /// Installs a package. The same archive again only approves its code and pins it, if that is
  /// asked.
  ///
  /// @param version one to be pinned at; empty or [#LATEST]: the newest
  /// @param allowCode whether the package may run what it brings along
  /// @throws Fault `INVALID_INPUT` for what is no name; `NOT_FOUND` when the registry has no such
  ///   package; `CONFLICT` when another version is installed, when its code is not approved, when
  ///   there is no registry, while somebody else changes packages; `UPSTREAM` when registry or
  ///   archive are not as they should be; `LIMIT_EXCEEDED`; `PERSISTENCE`
  public PackageInfo install(String name, Optional<String> version, boolean allowCode)
      throws InterruptedException {
    PackageName wanted = parsed(name);
    return change(() -> {
      Optional<String> pin = version.filter(text -> !text.equals(LATEST));
      Release release = registry().index().require(wanted, pin);
      Optional<Installed> before = installed.find(wanted);
      if (before.isPresent() && !isOf(before.get(), release)) {
        throw new Fault(
            FaultCode.CONFLICT,
            wanted
                + " is installed already, as "
                + info(before.get()).version()
                + (before.get().receipt().isPresent()
                    ? "; the registry has "
                        + release.version()
                        + ": comma packages update "
                        + wanted
                        + pin.map("@"::concat).orElse("")
                    : ", laid there by hand; take it away first: comma packages remove " + wanted));
      }
      return bring(release, pin.isPresent(), allowCode);
    });
  }

  /// Brings another version of a package that is installed.
  ///
  /// @param version one to be pinned at; empty: the newest, but not of one that is pinned;
  ///   [#LATEST]: the newest, no longer pinned
  /// @throws Fault as [#install], `NOT_FOUND` also where it is not installed
  public PackageInfo update(String name, Optional<String> version, boolean allowCode)
      throws InterruptedException {
    PackageName wanted = parsed(name);
    return change(() -> {
      Installed before =
          installed
              .find(wanted)
              .orElseThrow(() ->
                  new Fault(
                      FaultCode.NOT_FOUND,
                      wanted + " is not installed: comma packages install " + wanted));
      if (before.receipt().isEmpty()) {
        throw new Fault(
            FaultCode.CONFLICT,
            wanted
                + " was laid there by hand and cannot be updated; take it away first: comma packages"
                + " remove "
                + wanted);
      }
      if (version.isEmpty() && info(before).pinned()) {
        throw new Fault(
            FaultCode.CONFLICT,
            "%1$s is pinned at %2$s. To follow the newest version again: comma packages update %1$s@%3$s, to take another: comma packages update %1$s@VERSION."
                .formatted(wanted, info(before).version(), LATEST));
      }
      Optional<String> pin = version.filter(text -> !text.equals(LATEST));
      Release release = registry().index().require(wanted, pin);
      return isOf(before, release) && info(before).pinned() == pin.isPresent()
          ? info(before)
          : bring(release, pin.isPresent(), allowCode);
    });
  }

  /// Takes a package away, with the approval of its code; false where it is not installed.
  ///
  /// @throws Fault `INVALID_INPUT` for what is no name; `CONFLICT` while somebody else changes
  ///   packages; `PERSISTENCE`
  public boolean remove(String name) throws InterruptedException {
    PackageName wanted = parsed(name);
    return change(() -> {
      boolean removed = shelf.remove(wanted, ids.next());
      approvals.keepOnly(receipts());
      return removed;
    });
  }

  private static PackageName parsed(String name) {
    return PackageName.parse(name)
        .orElseThrow(() ->
            new Fault(
                FaultCode.INVALID_INPUT,
                Shown.quoted(name)
                    + " is not the name of a package: expected "
                    + PackageName.EXPECTED
                    + "."));
  }

  private static boolean isOf(Installed one, Release release) {
    return one.receipt().filter(release.receipt()::isOfSameArchive).isPresent();
  }

  private Registry registry() {
    return registry.orElseThrow(() ->
        new Fault(
            FaultCode.CONFLICT,
            "There is no registry to get packages from: set packageRegistry in daemon.json to the"
                + " address of an index.json, or to a folder that has one, and restart the"
                + " daemon."));
  }

  private PackageInfo bring(Release release, boolean pinned, boolean allowCode)
      throws IOException, InterruptedException {
    Optional<Installed> before = installed.find(release.name());
    if (before.isEmpty() && installed.list().size() >= InstalledPackages.MAX_PACKAGES) {
      throw new Fault(
          FaultCode.LIMIT_EXCEEDED,
          "There are " + InstalledPackages.MAX_PACKAGES + " packages already; remove one first.");
    }
    Contents contents = Delivery.of(release, registry(), shelf.begin(ids.next()));
    List<String> changes =
        before
            .map(one -> PermissionChanges.between(one.folder(), contents.project()))
            .orElse(List.of());
    PackageReceipt receipt = release.receipt().withPin(pinned);
    boolean needsApproval = CodeInspection.needsApproval(contents);
    if (needsApproval && !allowCode && !approvals.isApproved(receipt)) {
      throw CodeInspection.refusal(contents, release, changes);
    }
    PrivateTree.write(
        contents.root().resolve(PackageReceipt.FILE_NAME),
        receipt.withContent(TreeChecksum.of(contents.root())).json());
    if (needsApproval) {
      approvals.approve(receipt);
    }
    shelf.put(release.name(), contents.root());
    approvals.keepOnly(receipts());
    return info(installed.find(release.name()).orElseThrow(), changes);
  }

  private List<PackageReceipt> receipts() {
    return installed.list().stream().flatMap(one -> one.receipt().stream()).toList();
  }

  @FunctionalInterface
  private interface Change<T> {
    T make() throws IOException, InterruptedException;
  }

  private <T> T change(Change<T> change) throws InterruptedException {
    if (!changing.tryLock()) {
      throw new Fault(
          FaultCode.CONFLICT, "Another change of packages is under way; try again after it.");
    }
    try {
      try {
        return change.make();
      } finally {
        shelf.sweep();
      }
    } catch (ClosedByInterruptException stopped) {
      throw PrivateTree.interrupted();
    } catch (IOException refused) {
      throw new Fault(
          FaultCode.PERSISTENCE,
          "The packages cannot be changed: " + refused.getMessage() + ".",
          refused);
    } finally {
      changing.unlock();
    }
  }
}
