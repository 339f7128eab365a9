package com.commaagents.tools.shell;

import com.commaagents.tools.shell.ShellScript.ShellCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The table of what is catastrophic for one command.
final class CommandRules {
  private static final Set<String> TAKES_DOWN =
      Set.of("shutdown", "reboot", "halt", "poweroff", "telinit", "killall5", "kexec");
  private static final Set<String> FORMATS =
      Set.of(
          "mke2fs",
          "mkdosfs",
          "mkntfs",
          "mkexfatfs",
          "lvremove",
          "vgremove",
          "pvremove",
          "mkswap",
          "wipefs",
          "fdisk",
          "sfdisk",
          "cfdisk",
          "gdisk",
          "sgdisk",
          "parted",
          "blkdiscard",
          "newfs",
          "diskpart");
  private static final Set<String> FIND_LINKS = Set.of("-H", "-L", "-P");
  private static final Set<String> FIND_RUNS = Set.of("-exec", "-execdir", "-ok", "-okdir");
  private static final Set<String> DELETIONS = Set.of("rm", "unlink", "shred", "rmdir");
  private static final Set<String> SYSTEM_STATES =
      Set.of(
          "poweroff",
          "reboot",
          "halt",
          "kexec",
          "rescue",
          "emergency",
          "suspend",
          "hibernate",
          "soft-reboot",
          "isolate");

  // Programs that destroy with some of their words only.
  private static final Map<String, Set<String>> DESTROYS =
      Map.of(
          "cryptsetup", Set.of("luksFormat", "luksErase", "erase", "reencrypt"),
          "zpool", Set.of("destroy", "labelclear"),
          "zfs", Set.of("destroy"),
          "nvme", Set.of("format", "sanitize"),
          "hdparm", Set.of("--security-erase", "--security-erase-enhanced"),
          "badblocks", Set.of("-w"));

  private interface Rule {
    Optional<String> reason(List<String> arguments, Path directory);
  }

  private final Targets targets;
  private final Map<String, Rule> rules;

  CommandRules(Targets targets) {
    this.targets = targets;
    rules =
        Map.ofEntries(
            Map.entry("rm", this::remove),
            Map.entry("find", this::find),
            Map.entry("chmod", this::changeAll),
            Map.entry("chown", this::changeAll),
            Map.entry("chgrp", this::changeAll),
            Map.entry("mv", this::move),
            Map.entry("dd", this::copyBlocks),
            Map.entry("cp", this::writeLast),
            Map.entry("install", this::writeLast),
            Map.entry("rsync", this::mirror),
            Map.entry("tee", this::writeAny),
            Map.entry("shred", this::writeAny),
            Map.entry("truncate", this::writeAny),
            Map.entry("init", CommandRules::changeLevel),
            Map.entry("systemctl", CommandRules::changeState),
            Map.entry("loginctl", CommandRules::changeState),
            Map.entry("kill", CommandRules::killAll));
  }

  Optional<String> reason(ShellCommand command, Path directory) {
    String name = command.name();
    if (TAKES_DOWN.contains(name)) {
      return Optional.of("taking the machine down");
    }
    if (FORMATS.contains(name) || name.equals("mkfs") || name.startsWith("mkfs.")) {
      return Optional.of("formatting a disk");
    }
    if (command.arguments().stream().anyMatch(DESTROYS.getOrDefault(name, Set.of())::contains)) {
      return Optional.of("destroying what is on a disk");
    }
    Rule rule = rules.get(name);
    return rule == null ? Optional.empty() : rule.reason(command.arguments(), directory);
  }

  private Optional<String> remove(List<String> arguments, Path directory) {
    if (arguments.stream().anyMatch(word -> isLong(word, "no-preserve-root", 4))) {
      return Optional.of("deleting without regard to the root folder");
    }
    boolean recursive =
        arguments.stream().anyMatch(word -> isLong(word, "recursive", 1) || isShort(word, "rR"));
    return recursive
        ? targets.vital(operands(arguments), directory).map(what -> "deleting " + what)
        : Optional.empty();
  }

  private Optional<String> find(List<String> arguments, Path directory) {
    boolean deletes =
        arguments.contains("-delete")
            || (arguments.stream().anyMatch(FIND_RUNS::contains)
                && arguments.stream().anyMatch(CommandRules::isDeletion));
    boolean narrowed =
        arguments.stream().anyMatch(word -> word.endsWith("name") || word.endsWith("path"));
    List<String> starts =
        arguments.stream()
            .dropWhile(FIND_LINKS::contains)
            .takeWhile(word -> !word.startsWith("-") && !word.equals("("))
            .map(start -> start + "/*")
            .toList();
    return deletes && !narrowed
        ? targets.vital(starts, directory).map(what -> "deleting " + what)
        : Optional.empty();
  }

  private static boolean isDeletion(String word) {
    return DELETIONS.contains(word.substring(word.lastIndexOf('/') + 1));
  }

  private Optional<String> mirror(List<String> arguments, Path directory) {
    List<String> operands = operands(arguments);
    boolean deletes = arguments.stream().anyMatch(word -> word.startsWith("--del"));
    return deletes && !operands.isEmpty()
        ? targets.vital(operands.getLast(), directory).map(what -> "deleting " + what)
        : Optional.empty();
  }

  private Optional<String> changeAll(List<String> arguments, Path directory) {
    boolean recursive =
        arguments.stream().anyMatch(word -> isLong(word, "recursive", 3) || isShort(word, "R"));
    return recursive
        ? targets
            .vital(operands(arguments), directory)
            .map(what -> "changing the rights of " + what)
        : Optional.empty();
  }

  private Optional<String> move(List<String> arguments, Path directory) {
    List<String> operands = operands(arguments);
    Optional<String> vital =
        operands.isEmpty()
            ? Optional.empty()
            : targets.vital(operands.subList(0, operands.size() - 1), directory);
    return vital.map(what -> "moving " + what).or(() -> writeLast(arguments, directory));
  }

  private Optional<String> copyBlocks(List<String> arguments, Path directory) {
    return arguments.stream()
        .filter(word -> word.startsWith("of="))
        .map(word -> targets.device(word.substring(3)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> writeLast(List<String> arguments, Path directory) {
    List<String> operands = operands(arguments);
    return operands.isEmpty() ? Optional.empty() : targets.device(operands.getLast());
  }

  private Optional<String> writeAny(List<String> arguments, Path directory) {
    return operands(arguments).stream().map(targets::device).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> changeLevel(List<String> arguments, Path directory) {
    return arguments.contains("0") || arguments.contains("6")
        ? Optional.of("taking the machine down")
        : Optional.empty();
  }

  private static Optional<String> changeState(List<String> arguments, Path directory) {
    return arguments.stream().anyMatch(SYSTEM_STATES::contains)
        ? Optional.of("taking the machine down")
        : Optional.empty();
  }

  private static Optional<String> killAll(List<String> arguments, Path directory) {
    List<String> processes =
        arguments.stream()
            .skip(!arguments.isEmpty() && arguments.getFirst().startsWith("-") ? 1 : 0)
            .toList();
    return processes.contains("-1")
        ? Optional.of("ending every process of the machine")
        : Optional.empty();
  }

  private static boolean isShort(String word, String letters) {
    return word.startsWith("-")
        && !word.startsWith("--")
        && word.chars().anyMatch(c -> letters.indexOf(c) >= 0);
  }

  // Long options may be shortened as long as they are not ambiguous.
  private static boolean isLong(String word, String option, int shortest) {
    return word.startsWith("--")
        && word.length() >= shortest + 2
        && option.startsWith(word.substring(2));
  }

  private static List<String> operands(List<String> arguments) {
    int end = arguments.indexOf("--");
    if (end < 0) {
      return arguments.stream().filter(word -> !word.startsWith("-")).toList();
    }
    return java.util.stream.Stream.concat(
            arguments.subList(0, end).stream().filter(word -> !word.startsWith("-")),
            arguments.subList(end + 1, arguments.size()).stream())
        .toList();
  }
}
