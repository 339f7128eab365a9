package com.commaagents.bench.tools;

import com.commaagents.base.id.RunId;
import com.commaagents.base.json.Json;
import com.commaagents.bench.store.Figures;
import com.commaagents.engine.tool.Tool;
import com.commaagents.engine.tool.ToolCallContext;
import com.commaagents.engine.tool.ToolScope;
import com.commaagents.engine.tool.ToolSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// Measures `search_files` over very many files, and ripgrep beside it in the same rounds where it
/// is on the machine. Arguments: a folder on the disk that is to be measured, how many files.
///
/// Everything is in memory after the first rounds: what is measured is the work, not the disk.
final class SearchMeasurement {
  private static final int WARM_UPS = 6;
  private static final int ROUNDS = 9;
  private static final ToolCallContext CALL = new ToolCallContext("bench", "0", "call");

  private final Path root;
  private final Tool search;

  private SearchMeasurement(Path root, Tool search) {
    this.root = root;
    this.search = search;
  }

  /// A search, and how ripgrep is asked for the same.
  private record Job(String name, String mode, String query, List<String> ripgrep) {}

  private static final List<Job> JOBS =
      List.of(
          new Job(
              "a text in 1 of 5,000",
              "text",
              ManyFiles.NEEDLE,
              List.of("-F", "-e", ManyFiles.NEEDLE)),
          new Job(
              "a text that is nowhere", "text", "zzzNowhere", List.of("-F", "-e", "zzzNowhere")),
          new Job("in any case", "regex", "(?i)RARENEEDLE", List.of("-e", "(?i)RARENEEDLE")),
          new Job(
              "two texts",
              "regex",
              "zzzNowhere|yyy\\w+Not",
              List.of("-e", "zzzNowhere|yyy\\w+Not")),
          new Job("an expression without text", "regex", "[0-9]{7,}", List.of("-e", "[0-9]{7,}")),
          new Job(
              "a text that is everywhere",
              "regex",
              "return\\s+[0-9]{7}",
              List.of("-e", "return\\s+[0-9]{7}")),
          new Job("what the first files hold", "text", "return", List.of("-F", "-e", "return")),
          new Job("paths", "path", "zzzNowhere", List.of("--files")));

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "search-");
    try {
      Path root = Files.createDirectory(folder.toRealPath().resolve("tree"));
      ManyFiles.make(root, Integer.parseInt(arguments[1]));
      Nobody nobody = new Nobody();
      ToolScope scope = new ToolScope(new RunId("run-1"), root, nobody, nobody);
      try (ToolSession session = Tooling.registry(folder).open(scope)) {
        System.out.printf(
            "%s files, medians of %d rounds, milliseconds: ours, ripgrep%n", arguments[1], ROUNDS);
        SearchMeasurement measurement = new SearchMeasurement(root, session.tool("search_files"));
        for (Job job : JOBS) {
          measurement.measure(job);
        }
      }
    } finally {
      Tooling.remove(folder);
    }
  }

  private void measure(Job job) throws Exception {
    boolean beside = hasRipgrep();
    double[] ours = new double[ROUNDS];
    double[] ripgrep = new double[ROUNDS];
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      int at = Math.max(0, round);
      ours[at] = millis(() -> ours(job));
      ripgrep[at] = beside ? millis(() -> ripgrep(job.ripgrep)) : 0;
    }
    double theirs = Figures.median(ripgrep);
    String other =
        beside
            ? "   ripgrep %6.0f   %.2f of it".formatted(theirs, Figures.median(ours) / theirs)
            : "   no ripgrep here";
    System.out.printf(Locale.ROOT, "  %-28s %6.0f%s%n", job.name, Figures.median(ours), other);
  }

  private String ours(Job job) throws InterruptedException {
    return search.call(
        Json.object().put("mode", job.mode).put("query", job.query).put("maxResults", 10_000),
        CALL);
  }

  private static double millis(Callable<?> work) throws Exception {
    long start = System.nanoTime();
    Object result = work.call();
    if (result == null) {
      throw new IllegalStateException("nothing was done");
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static boolean hasRipgrep() throws InterruptedException {
    try {
      return new ProcessBuilder("rg", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  // As we search: hidden files too, no ignore files, our excludes, no links.
  private Integer ripgrep(List<String> job) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("rg", "--no-config", "--no-ignore", "--hidden", "-n", "-g", "!node_modules"));
    command.addAll(job);
    command.add(root.toString());
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
