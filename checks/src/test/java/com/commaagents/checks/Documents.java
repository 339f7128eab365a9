package com.commaagents.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The project's Markdown files, and what stands in them.
final class Documents {
  private static final Pattern FENCE =
      Pattern.compile("(?ms)^```(?<language>\\w*)\\n(?<text>.*?)^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\((?<target>[^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (?<text>.+)$");
  private static final Pattern NO_SLUG = Pattern.compile("[^a-z0-9 _-]");

  private Documents() {}

  static List<Path> all() throws IOException {
    Path root = JavaSources.root();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !root.relativize(file).toString().contains("target/"))
          .filter(file -> !root.relativize(file).startsWith(".git"))
          .sorted()
          .toList();
    }
  }

  static String read(String path) throws IOException {
    return Files.readString(JavaSources.root().resolve(path));
  }

  /// The fenced blocks in a language, without their fences.
  static List<String> blocks(String document, String language) {
    return FENCE
        .matcher(document)
        .results()
        .filter(block -> block.group("language").equals(language))
        .map(block -> block.group("text"))
        .toList();
  }

  /// The lines of the blocks that are commands.
  static List<String> commands(String document) {
    return blocks(document, "sh").stream()
        .flatMap(String::lines)
        .filter(line -> !line.isBlank())
        .toList();
  }

  /// Where a document points to, but for other hosts.
  static List<String> links(String document) {
    return FENCE
        .matcher(document)
        .replaceAll("")
        .transform(prose -> LINK.matcher(prose).results())
        .map(link -> link.group("target"))
        .filter(target -> !target.contains("://"))
        .toList();
  }

  /// Whether a link of a document leads to a file, and to a heading where it names one.
  static boolean leadsSomewhere(Path document, String link) throws IOException {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0 || slugs(Files.readString(target)).contains(link.substring(hash + 1));
  }

  /// The cells of every table row below a heading, up to the next heading of its level or above.
  static List<List<String>> rows(String document, String heading) {
    int level = heading.indexOf(' ');
    String from = document.substring(document.indexOf("\n" + heading + "\n") + 1);
    List<List<String>> rows = new ArrayList<>();
    for (String line : from.lines().skip(1).toList()) {
      if (line.matches("#{1," + level + "} .*")) {
        break;
      }
      if (line.startsWith("| `")) {
        rows.add(Stream.of(line.split("\\|", -1)).skip(1).map(String::strip).toList());
      }
    }
    return rows;
  }

  private static List<String> slugs(String document) {
    return HEADING
        .matcher(FENCE.matcher(document).replaceAll(""))
        .results()
        .map(Documents::slug)
        .toList();
  }

  private static String slug(MatchResult heading) {
    String text = heading.group("text").toLowerCase(Locale.ROOT);
    return NO_SLUG.matcher(text).replaceAll("").replace(' ', '-');
  }
}
