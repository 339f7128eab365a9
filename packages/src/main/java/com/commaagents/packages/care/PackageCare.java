package com.commaagents.packages.care;

import com.commaagents.base.fault.Fault;
import com.commaagents.packages.disk.TreeChecksum;
import com.commaagents.packages.install.PackageShelf;
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
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at the packages of a data folder, each against what was noted when it was installed.
/// Looking changes nothing, also while a daemon works there.
public final class PackageCare {
  private final CodeApprovals approvals;
  private final InstalledPackages installed;
  private final PackageShelf shelf;

  public PackageCare(Path dataFolder) {
    approvals = new CodeApprovals(dataFolder);
    installed = new InstalledPackages(dataFolder, approvals);
    shelf = new PackageShelf(installed.folder());
  }

  /// How many there are.
  ///
  /// @throws Fault `PERSISTENCE` when a folder cannot be listed
  public int count() {
    return installed.list().size();
  }

  /// What is wrong, in the order of the names.
  ///
  /// @param idle whether nobody installs anything: what is half done is left over then
  /// @throws Fault as [#count]
  public List<PackageFinding> examine(boolean idle) {
    List<PackageFinding> findings = new ArrayList<>();
    Path incoming = installed.folder().resolve(PackageShelf.INCOMING);
    if (idle && Files.exists(incoming, LinkOption.NOFOLLOW_LINKS)) {
      findings.add(
          PackageFinding.repairable(
              incoming,
              "left by a change that was not finished",
              "undo it, as the next start does"));
    }
    for (Path folder : strangers()) {
      findings.add(
          PackageFinding.forPerson(
              folder, "no package can be called so, and none is found here", "take it away"));
    }
    installed.list().forEach(one -> findings.addAll(examine(one)));
    findings.addAll(unusedApprovals());
    return findings;
  }

  private static List<PackageFinding> examine(Installed one) {
    String again = "comma packages remove " + one.name() + ", then install it again";
    List<PackageFinding> findings = new ArrayList<>();
    switch (ProjectLoader.check(one.folder().resolve(Project.FILE_NAME))) {
      case ProjectResult.Refused(var reason) ->
          findings.add(PackageFinding.forPerson(one.folder(), reason.summary(), again));
      case ProjectResult.Read(Project project) -> {
        if (!project.name().equals(one.name().toString())) {
          findings.add(
              PackageFinding.forPerson(
                  one.folder(),
                  "its manifest has the name " + Shown.quoted(project.name()),
                  again));
        }
      }
    }
    record(one)
        .ifPresent(what -> findings.add(PackageFinding.forPerson(one.folder(), what, again)));
    return findings;
  }

  /// What is wrong with what was noted of a package, or by it.
  private static Optional<String> record(Installed one) {
    Path file = one.folder().resolve(PackageReceipt.FILE_NAME);
    if (one.receipt().isEmpty()) {
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(
              PackageReceipt.FILE_NAME
                  + " cannot be read or is of another package; nothing of it may run code")
          : Optional.empty();
    }
    Optional<String> content = one.receipt().get().content();
    try {
      return content.isEmpty() || content.get().equals(TreeChecksum.of(one.folder()))
          ? Optional.empty()
          : Optional.of("its files are not those that were installed");
    } catch (IOException unreadable) {
      return Optional.of("its files cannot be read");
    }
  }

  private List<PackageFinding> unusedApprovals() {
    List<PackageReceipt> receipts = receipts();
    try {
      return approvals.unusedBy(receipts).stream()
          .map(name ->
              PackageFinding.repairable(
                  installed.folder().resolveSibling(CodeApprovals.FILE_NAME),
                  "approves an archive of " + Shown.quoted(name) + " that is not installed",
                  "forget it, as the next start does"))
          .toList();
    } catch (Fault unreadable) {
      // Whoever looks at that file tells it.
      return List.of();
    }
  }

  private List<PackageReceipt> receipts() {
    return installed.list().stream().flatMap(one -> one.receipt().stream()).toList();
  }

  /// Folders that are neither a package nor hold any.
  private List<Path> strangers() {
    List<Path> strangers = new ArrayList<>();
    for (Path scope : folders(installed.folder())) {
      String name = String.valueOf(scope.getFileName());
      if (name.equals(PackageShelf.INCOMING)) {
        continue;
      }
      if (PackageName.parse(name + "/x").isEmpty()) {
        strangers.add(scope);
      } else {
        folders(scope).stream()
            .filter(place -> PackageName.parse(name + "/" + place.getFileName()).isEmpty())
            .forEach(strangers::add);
      }
    }
    return strangers;
  }

  private static List<Path> folders(Path parent) {
    List<Path> folders = new ArrayList<>();
    if (Files.isDirectory(parent)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
        for (Path entry : entries) {
          if (folders.size() < InstalledPackages.MAX_PACKAGES) {
            folders.add(entry);
          }
        }
      } catch (IOException | DirectoryIteratorException unreadable) {
        // The list of packages says so.
        return List.of();
      }
    }
    folders.sort(null);
    return folders;
  }

  /// Undoes what is half done and forgets approvals of what is not there. Nobody else may change
  /// the folder meanwhile.
  ///
  /// @throws Fault `PERSISTENCE` when the approvals cannot be written
  public void repair() throws IOException {
    shelf.sweep();
    if (!unusedApprovals().isEmpty()) {
      approvals.keepOnly(receipts());
    }
  }
}
