package com.commaagents.tools.shell;

import com.commaagents.tools.shell.ShellScript.Word;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The places whose loss is a catastrophe: the root, the system's folders, the home folder, the
/// workspace with all it stands in, and disks.
final class Targets {
  private static final Set<String> SYSTEM_FOLDERS =
      Set.of(
          "bin",
          "boot",
          "dev",
          "etc",
          "home",
          "lib",
          "lib32",
          "lib64",
          "opt",
          "proc",
          "root",
          "run",
          "sbin",
          "srv",
          "sys",
          "usr",
          "var",
          "Users",
          "System",
          "Library",
          "Applications",
          "Volumes",
          "private");
  private static final Set<String> FOLDERS_OF_FOLDERS = Set.of("usr", "home", "Users", "System");
  private static final Pattern ALL_NAMES = Pattern.compile("[.*?]*[*?][.*?]*");
  private static final Pattern DISK =
      Pattern.compile(
          "/dev/(r?disk|sd|hd|vd|xvd|nvme|mmcblk|loop|dm-|md|sr|zram|pmem|nbd|mapper/|disk/"
              + "|mem$|kmem$|port$).*");

  private final Path cwd;
  private final Path home;

  Targets(Path cwd, Path home) {
    this.cwd = cwd.normalize();
    this.home = home.normalize();
  }

  /// The first vital place among operands, as a phrase.
  Optional<String> vital(List<String> operands, Path directory) {
    return operands.stream()
        .map(operand -> vital(operand, directory))
        .flatMap(Optional::stream)
        .findFirst();
  }

  Optional<String> vital(String operand, Path directory) {
    String text = operand.replace(String.valueOf(ShellScript.MAYBE_EMPTY), "");
    boolean mayBeEmpty = text.length() < operand.length();
    if (text.isEmpty() || text.indexOf(ShellScript.UNKNOWN) >= 0) {
      return Optional.empty();
    }
    try {
      Path path = withoutProcess(directory.resolve(text));
      boolean contents =
          ALL_NAMES
              .matcher(path.getFileName() == null ? "" : String.valueOf(path.getFileName()))
              .matches();
      Path folder = (contents ? parent(path) : path).normalize();
      if (mayBeEmpty) {
        // An unset variable before a slash has emptied many a disk; `$DIR/build` has not.
        return folder.getNameCount() == 0 && text.startsWith("/")
            ? Optional.of("the root folder, if a variable is empty")
            : Optional.empty();
      }
      return vital(folder, contents);
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
  }

  // What the system shows of a process leads to the same folders.
  private Path withoutProcess(Path path) {
    int names = path.getNameCount();
    if (names < 3 || !path.startsWith("/proc")) {
      return path;
    }
    Path below = names == 3 ? Path.of("") : path.subpath(3, names);
    return switch (path.getName(2).toString()) {
      case "root" -> Path.of("/").resolve(below);
      case "cwd" -> cwd.resolve(below);
      default -> path;
    };
  }

  private Optional<String> vital(Path folder, boolean contents) {
    int depth = folder.getNameCount();
    String first = depth == 0 ? "" : folder.getName(0).toString();
    if (depth == 0) {
      return Optional.of("the root folder");
    }
    if (depth == 1 && (SYSTEM_FOLDERS.contains(first) || isPattern(first))) {
      return Optional.of("a folder of the system");
    }
    if (depth == 2 && FOLDERS_OF_FOLDERS.contains(first)) {
      return Optional.of("a folder of the system");
    }
    if (folder.equals(home)) {
      return Optional.of("the home folder");
    }
    boolean aroundWorkspace = cwd.startsWith(folder);
    boolean insideOnly = folder.equals(cwd) && contents;
    return aroundWorkspace && !insideOnly
        ? Optional.of("the workspace or a folder around it")
        : Optional.empty();
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static boolean isPattern(String name) {
    return name.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
  }

  /// Whether a file is a disk or the memory, as a phrase.
  Optional<String> device(String file) {
    String plain = plain(file);
    if (DISK.matcher(plain).matches()) {
      return Optional.of("writing to a disk past its files");
    }
    return plain.equals("/proc/sysrq-trigger")
        ? Optional.of("taking the machine down")
        : Optional.empty();
  }

  private static String plain(String file) {
    try {
      return Path.of(file).normalize().toString();
    } catch (InvalidPathException noPath) {
      return file;
    }
  }

  Optional<String> written(List<Word> files) {
    return files.stream().map(file -> device(file.text())).flatMap(Optional::stream).findFirst();
  }
}
