package com.commaagents.bench.tools;

import com.commaagents.base.id.ClientId;
import com.commaagents.base.id.IdGenerator;
import com.commaagents.base.time.Clock;
import com.commaagents.bench.store.Figures;
import com.commaagents.engine.template.TemplateWorld;
import com.commaagents.engine.tool.McpServers;
import com.commaagents.runs.Extensions;
import com.commaagents.runs.PrepareRunOptions;
import com.commaagents.runs.RunSystem;
import com.commaagents.runs.RunSystemOptions;
import com.commaagents.runs.hub.EventSink;
import com.commaagents.runs.store.MemoryRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/// Measures what a tool call costs of ours: from the end of a model's answer that calls `read_file`
/// to its next request, with the schema, the guard, the timeline (in memory) and the messages to
/// clients. Argument: a folder to work in.
///
/// Beside it: reading the same file with the means of Java alone.
final class ToolCallMeasurement {
  private static final int RUNS = 100;
  private static final int WARM_UPS = 100;
  private static final String STRATEGY =
      """
      name: read
      version: "1"
      agents:
        a: { model: bench/calls, tools: [read_file] }
      flow: { type: sequential, name: main, steps: [{ agent: a }] }
      """;

  private ToolCallMeasurement() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "call-").toRealPath();
    CallingModel model = new CallingModel();
    try (RunSystem runs = RunSystem.open(options(folder, model))) {
      Path file = Files.writeString(folder.resolve("small.txt"), "a line of text\n".repeat(100));
      Path strategy = Files.writeString(folder.resolve("read.yaml"), STRATEGY);
      for (int i = 0; i < WARM_UPS; i++) {
        run(runs, strategy);
      }
      model.micros();
      for (int i = 0; i < RUNS; i++) {
        run(runs, strategy);
      }
      report(model.micros(), raw(file));
    } finally {
      Tooling.remove(folder);
    }
  }

  private static RunSystemOptions options(Path folder, CallingModel model) {
    return new RunSystemOptions(
        new MemoryRunStore(),
        EventSink.none(),
        model,
        Tooling.registry(folder),
        Optional.empty(),
        folder,
        folder.resolve("data"),
        TemplateWorld.NONE,
        OptionalInt.empty(),
        Clock.system(),
        IdGenerator.random(),
        RandomGenerator.getDefault(),
        Extensions.NONE,
        McpServers.NONE);
  }

  private static void run(RunSystem runs, Path strategy) throws InterruptedException {
    ClientId client = new ClientId("bench");
    String run = runs.prepareRun(client, PrepareRunOptions.of(strategy)).runId().value();
    runs.startRun(client, run, Optional.of("go"), Optional.empty());
    if (runs.await(run).orElseThrow().end().error().isPresent()) {
      throw new IllegalStateException("the run failed");
    }
    runs.deleteRun(run);
  }

  private static double[] raw(Path file) throws IOException {
    double[] micros = new double[RUNS * CallingModel.CALLS];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < micros.length; i++) {
        long start = System.nanoTime();
        boolean empty = Files.readString(file).isEmpty();
        micros[i] = empty ? 0 : (System.nanoTime() - start) / 1e3;
      }
    }
    return micros;
  }

  private static void report(double[] ours, double[] raw) {
    System.out.printf("%d calls of read_file, microseconds%n", ours.length);
    row("a call, p50", Figures.median(ours));
    row("a call, p99", Figures.percentile(ours, 99));
    row("Files.readString, p50", Figures.median(raw));
    row("Files.readString, p99", Figures.percentile(raw, 99));
  }

  private static void row(String what, double micros) {
    System.out.printf(Locale.ROOT, "  %-28s %8.0f%n", what, micros);
  }
}
