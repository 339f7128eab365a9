package com.commaagents.packages.install;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.packages.registry.Release;
import com.commaagents.strategy.definition.Project;
import com.commaagents.strategy.installed.PackageReceipt;
import com.commaagents.strategy.load.ProjectLoader;
import com.commaagents.strategy.load.ProjectResult;
import com.commaagents.strategy.wording.Shown;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What an archive held, once it is known to be the package that the index has promised.
///
/// @param root the folder with the manifest
public record Contents(Path root, Project project) {
  /// The manifest lies at the top, or in the one folder that is all there is.
  ///
  /// @throws Fault `UPSTREAM` where it is no project, another one, or wants more than the index
  ///   says
  public static Contents of(Path unpacked, Release release) throws IOException {
    Path root = root(unpacked, release);
    if (Files.exists(root.resolve(PackageReceipt.FILE_NAME), LinkOption.NOFOLLOW_LINKS)) {
      throw wrong(
          release, "it brings a " + PackageReceipt.FILE_NAME + ", which is not its to write");
    }
    return switch (ProjectLoader.check(root.resolve(Project.FILE_NAME))) {
      case ProjectResult.Refused(var reason) -> throw wrong(release, reason.summary());
      case ProjectResult.Read(Project project) -> {
        requirePromised(release, project);
        yield new Contents(root, project);
      }
    };
  }

  private static Path root(Path unpacked, Release release) throws IOException {
    if (Files.isRegularFile(unpacked.resolve(Project.FILE_NAME))) {
      return unpacked;
    }
    List<Path> top = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(unpacked)) {
      entries.forEach(top::add);
    }
    if (top.size() == 1 && Files.isRegularFile(top.getFirst().resolve(Project.FILE_NAME))) {
      return top.getFirst();
    }
    throw wrong(
        release, "there is no " + Project.FILE_NAME + " at its top, nor in the only folder there");
  }

  private static void requirePromised(Release release, Project project) {
    if (!project.name().equals(release.name().toString())) {
      throw wrong(release, "its manifest has the name " + Shown.quoted(project.name()));
    }
    if (!project.version().equals(release.version())) {
      throw wrong(release, "its manifest has the version " + Shown.quoted(project.version()));
    }
    List<String> undeclared = release.permissions().missingFor(project.permissions());
    if (!undeclared.isEmpty()) {
      throw wrong(
          release,
          "its manifest wants "
              + String.join(", ", undeclared)
              + ", which the index does not say of it");
    }
  }

  private static Fault wrong(Release release, String how) {
    return new Fault(
        FaultCode.UPSTREAM,
        "The archive of "
            + release
            + " is not what the index promises: "
            + how
            + ". Nothing was installed.");
  }
}
