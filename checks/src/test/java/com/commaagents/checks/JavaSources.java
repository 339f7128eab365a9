package com.commaagents.checks;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The project's Java files, and whether they are formatted. `make fix` runs [#main].
final class JavaSources {
  private static final Formatter FORMATTER =
      new Formatter(
          JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build());

  private JavaSources() {}

  /// Formats every file in place and prints which ones changed.
  public static void main(String[] arguments) throws IOException {
    for (Path file : all()) {
      String source = Files.readString(file);
      String formatted = formatted(file, source);
      if (!formatted.equals(source)) {
        Files.writeString(file, formatted);
        IO.println("formatted " + file);
      }
    }
  }

  static List<Path> unformatted() throws IOException {
    List<Path> wrong = new ArrayList<>();
    for (Path file : all()) {
      String source = Files.readString(file);
      if (!formatted(file, source).equals(source)) {
        wrong.add(file);
      }
    }
    return wrong;
  }

  static List<Path> all() throws IOException {
    Path root = root();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !root.relativize(file).toString().contains("target/"))
          .sorted()
          .toList();
    }
  }

  /// The checkout, wherever the tests are started.
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("ARCHITECTURE.md")) && here.getParent() != null) {
      here = here.getParent();
    }
    return here;
  }

  private static String formatted(Path file, String source) {
    try {
      return FORMATTER.formatSource(RemoveUnusedImports.removeUnusedImports(source));
    } catch (FormatterException notJava) {
      throw new IllegalStateException(file + " does not parse", notJava);
    }
  }
}
