package com.commaagents.strategy.load;

import com.commaagents.strategy.definition.Permissions;
import com.commaagents.strategy.definition.Permissions.Filesystem;
import com.commaagents.strategy.definition.Project;
import com.commaagents.strategy.definition.Project.Part;
import com.commaagents.strategy.source.SourceNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes a [Project] of a tree, and notes whatever keeps it from being one.
///
/// Fields at the top that are not known are passed over, so that manifests may say more than is
/// read here; in `permissions` and in parts they are mistakes.
final class ProjectBinder {
  private static final Pattern NAME =
      Pattern.compile("(@[a-z0-9][a-z0-9._-]{0,99}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final List<String> PART_FIELDS = List.of("path", "expose", "description");
  private static final List<String> PERMISSION_FIELDS =
      List.of("network", "filesystem", "shell", "executesCode");
  private static final List<String> FILESYSTEM = List.of("none", "read", "write");

  private final Path manifest;
  private final Problems problems;

  ProjectBinder(Path manifest, Problems problems) {
    this.manifest = manifest.toAbsolutePath();
    this.problems = problems;
  }

  /// The project; empty where problems were noted.
  Optional<Project> bind(SourceNode root) {
    return new Spot(root, new FieldPath.Top(), problems).section().flatMap(this::bind);
  }

  private Optional<Project> bind(Section section) {
    Optional<String> name = section.require("name", "text").flatMap(ProjectBinder::name);
    Optional<String> version = section.require("version", "text").flatMap(Spot::filledText);
    Optional<String> description = section.find("description").flatMap(Spot::text);
    Optional<String> license = section.find("license").flatMap(Spot::text);
    Map<String, Part> strategies = parts(section, "strategies");
    Map<String, Part> agents = parts(section, "agents");
    Map<String, Part> tools = parts(section, "tools");
    Map<String, Part> flows = parts(section, "flows");
    Permissions permissions =
        section
            .find("permissions")
            .flatMap(Spot::section)
            .map(ProjectBinder::permissions)
            .orElse(Permissions.NONE);
    if (problems.count() > 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Project(
            manifest,
            name.orElseThrow(),
            version.orElseThrow(),
            description,
            license,
            strategies,
            agents,
            tools,
            flows,
            permissions));
  }

  private static Optional<String> name(Spot spot) {
    Optional<String> name = spot.filledText();
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      spot.wrong("expected a name such as my-project or @scope/name, of A-Z a-z 0-9 . _ -");
    }
    return name;
  }

  private Map<String, Part> parts(Section section, String kind) {
    Map<String, Part> parts = new LinkedHashMap<>();
    section
        .find(kind)
        .flatMap(Spot::section)
        .ifPresent(found ->
            found.forEach((id, spot) -> part(id, spot).ifPresent(part -> parts.put(id, part))));
    return parts;
  }

  private Optional<Part> part(String id, Spot spot) {
    if (!ID.matcher(id).matches()) {
      spot.wrong("expected an id of A-Z a-z 0-9 . _ -");
      return Optional.empty();
    }
    return spot.section().flatMap(this::part);
  }

  private Optional<Part> part(Section section) {
    section.allowOnly(PART_FIELDS);
    Optional<Path> file =
        section
            .require("path", "the path of a file in the project")
            .flatMap(spot -> spot.filledText().flatMap(text -> inside(spot, text)));
    boolean expose = section.find("expose").flatMap(Spot::flag).orElse(true);
    Optional<String> description = section.find("description").flatMap(Spot::text);
    return file.map(found -> new Part(found, expose, description));
  }

  /// A file in the project's folder, links followed. The path itself is not shown: it may lead
  /// anywhere.
  private Optional<Path> inside(Spot spot, String text) {
    try {
      Path folder = manifest.resolveSibling("").toRealPath();
      Path named = Path.of(text);
      if (named.isAbsolute() || !folder.resolve(named).normalize().startsWith(folder)) {
        return outside(spot);
      }
      Path real = folder.resolve(named).toRealPath();
      if (!real.startsWith(folder)) {
        return outside(spot);
      }
      if (Files.isRegularFile(real)) {
        return Optional.of(manifest.resolveSibling(named).normalize());
      }
    } catch (InvalidPathException | IOException notThere) {
      // Told as what it is to the reader: no file of that name.
    }
    spot.wrong("no such file in the project");
    return Optional.empty();
  }

  private static Optional<Path> outside(Spot spot) {
    spot.wrong("leads out of the project; expected a relative path of a file in its folder");
    return Optional.empty();
  }

  private static Permissions permissions(Section section) {
    section.allowOnly(PERMISSION_FIELDS);
    return new Permissions(
        flag(section, "network"),
        section.find("filesystem").flatMap(ProjectBinder::filesystem).orElse(Filesystem.NONE),
        flag(section, "shell"),
        flag(section, "executesCode"));
  }

  private static boolean flag(Section section, String name) {
    return section.find(name).flatMap(Spot::flag).orElse(false);
  }

  private static Optional<Filesystem> filesystem(Spot spot) {
    if (spot.isFlag()) {
      return spot.flag().map(all -> all ? Filesystem.WRITE : Filesystem.NONE);
    }
    return spot.choice(FILESYSTEM, "access to files")
        .map(text -> Filesystem.valueOf(text.toUpperCase(Locale.ROOT)));
  }
}
