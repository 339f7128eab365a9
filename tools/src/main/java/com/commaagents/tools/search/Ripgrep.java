package com.commaagents.tools.search;

import com.commaagents.base.time.Clock;
import com.commaagents.tools.confinement.SearchPath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// ripgrep, where this machine has it. It is looked for once, when it is first wanted. Thread-safe.
final class Ripgrep {
  /// The first version whose options are known to be those that are used.
  static final int LEAST_VERSION = 13;

  private static final Pattern VERSION = Pattern.compile("ripgrep ([0-9]{1,4})\\.[0-9]");

  private final SearchPath searchPath;
  private final Clock clock;
  // Null as long as it has not been looked for.
  private final AtomicReference<@Nullable Optional<Program>> found = new AtomicReference<>();

  Ripgrep(SearchPath searchPath, Clock clock) {
    this.searchPath = searchPath;
    this.clock = clock;
  }

  /// @param real where its links lead
  private record Program(Path path, Path real) {
    boolean isIn(Path folder) {
      return path.startsWith(folder) || real.startsWith(folder);
    }
  }

  /// Has it look for something in the folders of a walk. Empty where it cannot: it is not here, or
  /// would be started from within the workspace, where agents may have put it, or has no expression
  /// for what is looked for.
  ///
  /// @param root where the walk begins
  Optional<Sieve> sieve(Path workspace, Path root, Needle needle, TimeLimit time)
      throws InterruptedException {
    Optional<String> expression = needle.forRipgrep();
    if (expression.isEmpty() || !isWrittenAsItIs(root)) {
      return Optional.empty();
    }
    return program()
        .filter(program -> !program.isIn(workspace))
        .map(program ->
            new RipgrepSieve(
                program.path, root, expression.get(), new BoundedProgram(clock, time)));
  }

  // Names in other encodings than this process's would come to another program as other names.
  private static boolean isWrittenAsItIs(Path path) {
    try {
      return Path.of(path.toString()).equals(path);
    } catch (InvalidPathException notInThisEncoding) {
      return false;
    }
  }

  private Optional<Program> program() throws InterruptedException {
    Optional<Program> program = found.get();
    if (program == null) {
      program = find();
      found.set(program);
    }
    return program;
  }

  private Optional<Program> find() throws InterruptedException {
    Optional<Path> candidate = searchPath.program("rg");
    if (candidate.isEmpty()) {
      return Optional.empty();
    }
    Path path = candidate.get();
    try {
      return new BoundedProgram(clock, new TimeLimit(clock, BoundedProgram.PATIENCE))
              .run(List.of(path.toString(), "--no-config", "--version"), path.getRoot(), 0)
              .filter(said -> said.exit() == 0 && isKnown(said.output()))
              .isPresent()
          ? Optional.of(new Program(path, path.toRealPath()))
          : Optional.empty();
    } catch (IOException cannotBeStarted) {
      return Optional.empty();
    } catch (TimeLimit.Stopped stopped) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return Optional.empty();
    }
  }

  private static boolean isKnown(String said) {
    Matcher version = VERSION.matcher(said);
    return version.lookingAt() && Integer.parseInt(version.group(1)) >= LEAST_VERSION;
  }
}
