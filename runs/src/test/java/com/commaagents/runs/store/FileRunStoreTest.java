package com.commaagents.runs.store;

import static com.commaagents.runs.store.RunStoreContract.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.id.RunId;
import com.commaagents.runs.fakes.ChildJvm;
import com.commaagents.runs.fakes.Seeds;
import com.commaagents.runs.lifecycle.RunStatus;
import com.commaagents.runs.store.RunStore.TimelineLog;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRunStoreTest implements RunStoreContract {
  private static final int HISTORIES = 40;

  @TempDir Path temporary;

  @Override
  public RunStore open() {
    return openFolder();
  }

  @Test
  void makesItsFolderWithItsParents() {
    Path deep = temporary.resolve("a/b/runs");
    try (RunStore store = FileRunStore.open(deep, "me")) {
      append(store, RUN, List.of(Entries.started(Entries.at(0), "")));
      assertThat(deep.resolve("run-1.jsonl")).exists();
    }
  }

  @Test
  void touchesNothingBeforeTheFirstAppend() throws IOException {
    try (FileRunStore store = openFolder();
        TimelineLog log = store.log(RUN)) {
      assertThat(names(folder())).containsExactly("runs.lock");
      log.append(List.of(Entries.started(Entries.at(0), "")));
      assertThat(names(folder())).containsExactly("run-1.jsonl", "runs.journal", "runs.lock");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "077"})
  void letsNobodyButTheOwnerReadWhateverTheUmask(String umask)
      throws IOException, InterruptedException {
    try (ChildJvm child = ChildJvm.start("umask " + umask, StoreHolder.class, folder(), "child")) {
      assertThat(child.readLine()).isEqualTo("holding");
      assertThat(mode(folder())).isEqualTo("rwx------");
      assertThat(mode(folder().resolve("child.jsonl"))).isEqualTo("rw-------");
      assertThat(mode(folder().resolve("runs.lock"))).isEqualTo("rw-------");
    }
  }

  @Test
  void writesTheLinesOfTheEntriesAndNothingElse() throws IOException {
    List<TimelineEntry> entries =
        List.of(Entries.started(Entries.at(0), "é"), Entries.step(Entries.at(1), "s"));
    try (FileRunStore store = openFolder()) {
      append(store, RUN, entries);
    }
    assertThat(Files.readString(folder().resolve("run-1.jsonl"))).isEqualTo(lines(entries));
  }

  @Test
  void bringsADeletedRunBackAfterNoCrash() throws IOException {
    Path journal = folder().resolve("runs.journal");
    Path aside = temporary.resolve("journal");
    try (FileRunStore store = openFolder()) {
      append(store, new RunId("other"), List.of(Entries.started(Entries.at(0), "")));
      append(store, RUN, List.of(Entries.started(Entries.at(0), "")));
      Files.writeString(folder().resolve("run-1.config.json"), "{}");
      store.delete(RUN);
      assertThat(names(folder())).containsExactly("other.jsonl", "runs.journal", "runs.lock");
      Files.copy(journal, aside);
    }
    Files.copy(aside, journal);
    try (FileRunStore store = openFolder()) {
      assertThat(names(folder())).doesNotContain("run-1.jsonl", "runs.journal");
      assertThat(store.list()).hasSize(1);
    }
  }

  @Test
  void passesOverFilesThatAreNoTimelines() throws IOException {
    String line = lines(List.of(Entries.started(Entries.at(0), "")));
    Files.createDirectories(folder().resolve("folder.jsonl"));
    Files.createDirectories(folder().resolve("sub"));
    for (String name :
        List.of(
            "a b.jsonl",
            "..jsonl",
            "..x.jsonl",
            "a..b.jsonl",
            "-x.jsonl",
            "é.jsonl",
            ".jsonl",
            "x.txt",
            "x.jsonl.bak",
            "sub/inner.jsonl",
            "x".repeat(129) + ".jsonl",
            "good.jsonl")) {
      Files.writeString(folder().resolve(name), line);
    }
    try (FileRunStore store = openFolder()) {
      assertThat(store.list())
          .extracting(overview -> overview.runId().value())
          .containsExactly("good");
    }
  }

  @Test
  void listsTheOthersWhenOneTimelineCannotBeRead() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(
        folder().resolve("good.jsonl"), lines(List.of(Entries.started(Entries.at(0), ""))));
    // A regular file whose first byte cannot be read, even by root.
    Files.createSymbolicLink(folder().resolve("bad.jsonl"), Path.of("/proc/self/mem"));
    try (FileRunStore store = openFolder()) {
      assertThat(store.list()).hasSize(1);
      assertThatThrownBy(() -> store.read(new RunId("bad")))
          .isInstanceOf(Fault.class)
          .hasMessageStartingWith("Cannot read the timeline " + folder().resolve("bad.jsonl"));
    }
    Files.delete(folder().resolve("bad.jsonl"));
  }

  @Test
  void findsSegmentsWhereverTheLinesHaveTheirType() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(
        folder().resolve("run-1.jsonl"),
        """
        {"ts":"2026-11-22T06:00:01Z","cwd":"/w","strategyName":"talk","type":"run_started","strategyPath":"/s"}
        {"type":"weather","ts":"2026-11-22T06:00:01Z","note":"run_completed"}
        { "status" : "completed" , "ts" : "2026-11-22T06:00:02Z" , "type" : "run_completed" }
        """);
    try (FileRunStore store = openFolder()) {
      assertThat(store.find(RUN).orElseThrow().status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(store.find(RUN).orElseThrow().startedAt()).isEqualTo(Entries.at(1));
    }
  }

  @Test
  void listsAfterReopeningWhatItListedBefore() {
    long seed = Seeds.of("runs.catalog.seed", 7);
    SplittableRandom random = new SplittableRandom(seed);
    List<RunOverview> before;
    try (FileRunStore store = openFolder();
        MemoryRunStore memory = new MemoryRunStore()) {
      for (int i = 0; i < HISTORIES; i++) {
        RunId run = new RunId("run-" + i);
        List<TimelineEntry> history = new ArrayList<>();
        int length = random.nextInt(12);
        for (int k = 0; k < length; k++) {
          history.add(Entries.any(Entries.at(random.nextInt(100)), random));
        }
        append(store, run, history);
        append(memory, run, history);
      }
      before = store.list();
      assertThat(before).as("seed %d", seed).isEqualTo(memory.list()).isNotEmpty();
    }
    try (FileRunStore store = openFolder()) {
      assertThat(store.list()).as("seed %d", seed).isEqualTo(before);
    }
  }

  @Test
  void readsALineOfTheGreatestLengthAndReportsALongerOne() throws IOException {
    String first = lines(List.of(Entries.started(Entries.at(0), "")));
    TimelineEntry entry = Entries.said(Entries.at(1), "x".repeat(300));
    byte[] longest = TimelineJson.line(entry);
    int limit = longest.length - 1;
    Files.createDirectories(folder());
    Files.writeString(
        folder().resolve("run-1.jsonl"),
        first
            + " "
            + new String(longest, StandardCharsets.UTF_8)
            + new String(longest, StandardCharsets.UTF_8));
    try (FileRunStore store =
        FileRunStore.open(folder(), "me", StoreSettings.usual().withMaxLineBytes(limit))) {
      RunStore.Timeline timeline = store.read(RUN);
      assertThat(timeline.entries()).containsExactly(Entries.started(Entries.at(0), ""), entry);
      assertThat(timeline.damage())
          .containsExactly(new RunStore.Damage(first.length(), longest.length));
    }
  }

  @Test
  void refusesToWriteALineThatCouldNotBeReadAgain() {
    TimelineEntry entry = Entries.said(Entries.at(1), "x".repeat(300));
    int length = TimelineJson.line(entry).length - 1;
    try (RunStore store =
        FileRunStore.open(folder(), "me", StoreSettings.usual().withMaxLineBytes(length))) {
      append(store, RUN, List.of(entry));
      assertThat(store.read(RUN).entries()).containsExactly(entry);
      TimelineEntry longer = Entries.said(Entries.at(1), "x".repeat(301));
      assertThatThrownBy(() -> append(store, RUN, List.of(entry, longer)))
          .isInstanceOfSatisfying(
              Fault.class, refused -> assertThat(refused.code()).isEqualTo(FaultCode.PERSISTENCE))
          .hasMessage(
              "Cannot write the timeline %s: an entry has %d bytes, at most %d can be kept."
                  .formatted(folder().resolve("run-1.jsonl"), length + 1, length));
      assertThat(store.read(RUN).entries()).containsExactly(entry);
    }
  }

  @Test
  void saysWhyItsFolderCannotBeMade() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    assertThatThrownBy(() -> FileRunStore.open(file, "me"))
        .isInstanceOfSatisfying(
            Fault.class, refused -> assertThat(refused.code()).isEqualTo(FaultCode.PERSISTENCE))
        .hasMessage("Cannot use the runs folder " + file + ": " + file + " is not a folder.");
    Path below = file.resolve("sub");
    assertThatThrownBy(() -> FileRunStore.open(below, "me"))
        .hasMessage("Cannot use the runs folder " + below + ": Not a directory.");
  }

  @Test
  void failsWhileTheFolderIsGoneAndGoesOnWhenItIsBack() throws IOException {
    List<TimelineEntry> entries = List.of(Entries.started(Entries.at(0), ""));
    try (FileRunStore store = openFolder()) {
      Files.move(folder(), temporary.resolve("away"));
      try (TimelineLog log = store.log(RUN)) {
        assertThatThrownBy(() -> log.append(entries))
            .hasMessageContaining("no such file or folder");
        Files.move(temporary.resolve("away"), folder());
        // What this log has lost nobody knows: it takes nothing more.
        assertThatThrownBy(() -> log.append(entries)).isInstanceOf(Fault.class);
      }
      append(store, RUN, entries);
      assertThat(store.read(RUN).entries()).isEqualTo(entries);
    }
  }

  @Test
  void saysThatTheDiskIsFullAndGoesOnWhenItIsNot() throws IOException {
    List<TimelineEntry> entries = List.of(Entries.started(Entries.at(0), ""));
    try (FileRunStore store = openFolder()) {
      Path file = folder().resolve("run-1.jsonl");
      Files.createSymbolicLink(file, Path.of("/dev/full"));
      assertThatThrownBy(() -> append(store, RUN, entries))
          .isInstanceOfSatisfying(
              Fault.class, refused -> assertThat(refused.code()).isEqualTo(FaultCode.PERSISTENCE))
          .hasMessage("Cannot write the timeline " + file + ": No space left on device.");
      assertThat(store.find(RUN)).isEmpty();
      append(store, new RunId("other"), entries);
      Files.delete(file);
      append(store, RUN, entries);
      assertThat(store.list()).hasSize(2);
    }
  }

  private Path folder() {
    return temporary.resolve("runs");
  }

  private FileRunStore openFolder() {
    return FileRunStore.open(folder(), "me");
  }

  private static String lines(List<TimelineEntry> entries) {
    StringBuilder text = new StringBuilder();
    entries.forEach(
        entry -> text.append(new String(TimelineJson.line(entry), StandardCharsets.UTF_8)));
    return text.toString();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
