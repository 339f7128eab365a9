package com.commaagents.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Measures how fast the run store brings timelines to disk. Argument: a folder on the disk that is
/// to be measured; what is written there is removed again.
///
/// Each figure is the median of several rounds, and stands beside that of a loop that does nothing
/// but write and force, measured in the same rounds: disks differ and have moods.
final class StoreMeasurement {
  private static final int ROUNDS = 7;
  private static final int WRITERS = 100;
  private static final int APPENDS_ALONE = 2_000;
  private static final int APPENDS_TOGETHER = 1_000;
  private static final int FORCES = 500;
  private static final int FORCES_OF_FILES = 20;

  private final Path folder;
  private final double[] rawAlone = new double[ROUNDS];
  private final double[] storeAlone = new double[ROUNDS];
  private final double[] storeAloneSlow = new double[ROUNDS];
  private final double[] rawBatch = new double[ROUNDS];
  private final double[] rawOverwrite = new double[ROUNDS];
  private final double[] filesSerial = new double[ROUNDS];
  private final double[] filesTogether = new double[ROUNDS];
  private final double[] storeRate = new double[ROUNDS];
  private final double[] storeTogether = new double[ROUNDS];
  private final double[] storeTogetherSlow = new double[ROUNDS];

  private StoreMeasurement(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "bench-");
    StoreMeasurement measurement = new StoreMeasurement(folder);
    measurement.measure(-1);
    for (int round = 0; round < ROUNDS; round++) {
      measurement.measure(round);
    }
    measurement.report();
    Files.delete(folder);
  }

  /// @param round where its figures go; negative: only to warm up
  private void measure(int round) throws IOException, InterruptedException {
    int at = Math.max(0, round);
    byte[] line = StoreLoad.line();
    Path own = Files.createDirectory(folder.resolve("round"));
    RawDisk raw = new RawDisk(own);
    rawAlone[at] = Figures.median(raw.append(line, 1, FORCES));
    StoreLoad.Round alone = new StoreLoad(own.resolve("alone")).run(1, APPENDS_ALONE);
    storeAlone[at] = Figures.median(alone.micros());
    storeAloneSlow[at] = Figures.percentile(alone.micros(), 99);
    rawBatch[at] = rate(raw.append(line, WRITERS, FORCES));
    StoreLoad.Round together =
        new StoreLoad(own.resolve("together")).run(WRITERS, APPENDS_TOGETHER);
    storeRate[at] = together.appendsPerSecond();
    storeTogether[at] = Figures.median(together.micros());
    storeTogetherSlow[at] = Figures.percentile(together.micros(), 99);
    rawOverwrite[at] = rate(raw.overwrite(line, WRITERS, FORCES));
    filesSerial[at] = rate(raw.eachFile(line, WRITERS, FORCES_OF_FILES, false));
    filesTogether[at] = rate(raw.eachFile(line, WRITERS, FORCES_OF_FILES, true));
    remove(own);
  }

  private static double rate(double[] microsPerBatch) {
    double total = 0;
    for (double micros : microsPerBatch) {
      total += micros;
    }
    return WRITERS * (double) microsPerBatch.length * 1e6 / total;
  }

  private void report() {
    double raw = Figures.median(rawAlone);
    double batch = Figures.median(rawBatch);
    List<String> lines =
        List.of(
            "lines of %d bytes, medians of %d rounds".formatted(StoreLoad.line().length, ROUNDS),
            "",
            "one writer, microseconds an append",
            row("raw: write, force", raw),
            row("store, p50", Figures.median(storeAlone), Figures.median(storeAlone) / raw),
            row("store, p99", Figures.median(storeAloneSlow)),
            "",
            WRITERS + " writers on as many runs, lines a second",
            row("raw: one file, a force for all", batch),
            row("raw: the same into a file of full size", Figures.median(rawOverwrite)),
            row("raw: a file each, forced one by one", Figures.median(filesSerial)),
            row("raw: a file each, forced together", Figures.median(filesTogether)),
            row("store", Figures.median(storeRate), Figures.median(storeRate) / batch),
            row("store, microseconds an append, p50", Figures.median(storeTogether)),
            row("store, microseconds an append, p99", Figures.median(storeTogetherSlow)));
    lines.forEach(System.out::println);
  }

  private static String row(String what, double value) {
    return "  %-40s %10.0f".formatted(what, value);
  }

  private static String row(String what, double value, double ofRaw) {
    return row(what, value) + "   %.2f of raw".formatted(ofRaw);
  }

  private static void remove(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
