package com.commaagents.tools.search;

import com.commaagents.tools.search.BoundedProgram.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Has ripgrep name the files that may hold what is looked for.
///
/// It is told to look at bytes as they are, at all files of the folders that it is given whatever
/// files of rules say, and not to go further. What it says is believed only as a whole: a file that
/// it could not read counts as named, and any other trouble leaves everything unknown.
///
/// Only paths in printable ASCII go either way. Of others it would not be certain that both sides
/// write them alike, nor where a message ends.
final class RipgrepSieve implements Sieve {
  private static final List<String> OPTIONS =
      List.of(
          "--no-config",
          "--no-ignore",
          "--hidden",
          "--text",
          "--encoding=none",
          "--no-mmap",
          "--max-depth=1",
          "--max-filesize=" + FoundLines.MAX_FILE_BYTES,
          "--color=never",
          "--files-with-matches",
          "--null");
  // Its exit codes, from its manual.
  private static final Set<Integer> TOLD = Set.of(0, 1);
  private static final int TROUBLE = 2;
  // Names of files are what a line may be about; the last of its colons ends the name.
  private static final Pattern UNREADABLE =
      Pattern.compile("(?:rg: )?\\./(.+): [^:/]+ \\(os error [0-9]+\\)");
  private static final Pattern KNOWN = Pattern.compile("[ -~]*");

  private final Path program;
  private final Path root;
  private final String expression;
  private final BoundedProgram programs;

  RipgrepSieve(Path program, Path root, String expression, BoundedProgram programs) {
    this.program = program;
    this.root = root;
    this.expression = expression;
    this.programs = programs;
  }

  @Override
  public boolean knows(Path relative) {
    return KNOWN.matcher(relative.toString()).matches();
  }

  @Override
  public Optional<Set<String>> mayHold(List<Path> folders, int most) throws InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(OPTIONS);
    command.add("--regexp=" + expression);
    command.add("--");
    folders.forEach(folder -> command.add("./" + folder));
    try {
      return programs.run(command, root, most).flatMap(said -> named(said, folders));
    } catch (IOException cannotBeStarted) {
      return Optional.empty();
    }
  }

  private static Optional<Set<String>> named(Said said, List<Path> folders) {
    if (!said.output().isEmpty() && !said.output().endsWith("\0")) {
      return Optional.empty();
    }
    Set<String> named = new HashSet<>();
    for (String path : said.output().split("\0", 0)) {
      named.add(path.startsWith("./") ? path.substring(2) : path);
    }
    boolean certain =
        said.exit() == TROUBLE
            ? areUnreadable(said.errors(), folders, named)
            : TOLD.contains(said.exit()) && said.errors().isEmpty();
    return certain ? Optional.of(named) : Optional.empty();
  }

  // Adds the files that could not be read; returns whether that was all the trouble there was.
  private static boolean areUnreadable(String errors, List<Path> folders, Set<String> named) {
    for (String line : errors.split("\n", 0)) {
      Matcher unreadable = UNREADABLE.matcher(line);
      if (!unreadable.matches() || isOneOf(folders, unreadable.group(1))) {
        return false;
      }
      named.add(unreadable.group(1));
    }
    return true;
  }

  private static boolean isOneOf(List<Path> folders, String path) {
    return folders.stream().anyMatch(folder -> folder.toString().equals(path));
  }
}
