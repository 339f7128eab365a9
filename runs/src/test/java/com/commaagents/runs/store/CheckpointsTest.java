package com.commaagents.runs.store;

import static com.commaagents.runs.store.RunStoreContract.append;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.id.RunId;
import com.commaagents.engine.conversation.CallRecord;
import com.commaagents.engine.conversation.FinishReason;
import com.commaagents.engine.conversation.Message;
import com.commaagents.engine.conversation.Transcript;
import com.commaagents.engine.conversation.Usage;
import com.commaagents.runs.lifecycle.RunState;
import com.commaagents.runs.timeline.History;
import com.commaagents.runs.timeline.HistoryBuilder;
import com.commaagents.runs.timeline.HistoryBuilder.Position;
import com.commaagents.runs.timeline.TimelineEntry;
import com.commaagents.runs.timeline.TimelineEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointsTest {
  private static final RunId RUN = new RunId("run-1");
  private static final int LONG_TEXT = 1_000;

  @TempDir Path folder;

  @Test
  void readsOnFromACheckpointAsFromTheBeginning() throws IOException {
    keep(conversation(300));
    History first = history();
    assertThat(checkpoint()).exists();
    assertThat(first).isEqualTo(fromTheBeginning());

    keep(conversation(10));

    assertThat(history()).isEqualTo(fromTheBeginning());
    assertThat(history().records()).hasSize(310);
  }

  @Test
  void believesACheckpointOfTheSameBytes() throws IOException {
    keep(conversation(3));
    write(
        new Checkpoint(
            Files.size(timeline()), checksum(), new Position(Transcript.EMPTY, List.of(), 77)));

    assertThat(history().records()).isEmpty();
    assertThat(history().lastSeq()).isEqualTo(77);
  }

  @Test
  void doesNotBelieveACheckpointWhenAnyByteOfTheTimelineWasChanged() throws IOException {
    keep(conversation(3));
    byte[] bytes = Files.readAllBytes(timeline());
    int checksum = checksum();
    for (int at = 0; at < bytes.length; at += 7) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(timeline(), changed);
      write(new Checkpoint(bytes.length, checksum, new Position(Transcript.EMPTY, List.of(), 77)));

      assertThat(history().lastSeq()).as("changed at %d", at).isNotEqualTo(77);
    }
  }

  @Test
  void doesNotBelieveACheckpointOfALongerTimeline() throws IOException {
    keep(conversation(300));
    history();
    try (var channel = Files.newByteChannel(timeline(), StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(timeline()) / 2);
    }

    assertThat(history()).isEqualTo(fromTheBeginning());
  }

  @Test
  void readsNothingFromACheckpointThatIsCutOrDamaged() throws IOException {
    keep(conversation(2));
    byte[] whole = bytes(new Checkpoint(Files.size(timeline()), checksum(), builder().position()));
    assertThat(Checkpoint.decode(whole)).isPresent();
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      assertThat(Checkpoint.decode(damaged)).as("changed at %d", at).isEmpty();
      assertThat(Checkpoint.decode(Arrays.copyOf(whole, at))).as("cut at %d", at).isEmpty();
    }
  }

  @Test
  void keepsEverythingThatIsNeededToGoOn() throws IOException {
    keep(conversation(5));
    Position position = builder().position();

    Checkpoint read = Checkpoint.decode(bytes(new Checkpoint(1, 2, position))).orElseThrow();

    assertThat(read).isEqualTo(new Checkpoint(1, 2, position));
  }

  @Test
  void writesNoneOfATimelineThatIsReadQuickly() throws IOException {
    keep(conversation(2));
    history();

    assertThat(Checkpoints.in(folder)).doesNotExist();
  }

  @Test
  void writesNoneWhileALineIsDamagedOrTorn() throws IOException {
    keep(conversation(300));
    Files.writeString(timeline(), "{\"type\":", StandardOpenOption.APPEND);
    history();
    assertThat(Checkpoints.in(folder)).doesNotExist();

    Files.writeString(timeline(), "\n", StandardOpenOption.APPEND);
    history();
    assertThat(Checkpoints.in(folder)).doesNotExist();
  }

  @Test
  void removesWhatWasWrittenFirstWhenThereAreTooMany() throws IOException {
    keep(conversation(300));
    Checkpoints few = new Checkpoints(folder, 2);
    TimelineWalk walk =
        new TimelineWalk(timeline(), LineReader.MAX_LINE_BYTES, Acknowledged.WHOLE_FILE);
    for (int i = 1; i <= 3; i++) {
      few.history(new RunId("r" + i), walk);
      Files.setLastModifiedTime(
          Checkpoints.in(folder).resolve("r" + i + ".checkpoint"), FileTime.fromMillis(i));
    }

    try (var files = Files.list(Checkpoints.in(folder))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("r2.checkpoint", "r3.checkpoint");
    }
  }

  @Test
  void letsNobodyButTheOwnerRead() throws IOException {
    keep(conversation(300));
    history();

    assertThat(mode(Checkpoints.in(folder))).isEqualTo("rwx------");
    assertThat(mode(checkpoint())).isEqualTo("rw-------");
  }

  @Test
  void goesWithItsRun() throws IOException {
    keep(conversation(300));
    history();
    try (RunStore store = open()) {
      store.delete(RUN);
    }

    assertThat(checkpoint()).doesNotExist();
  }

  @Test
  void doesWithoutWhenTheFolderCannotBeMade() throws IOException {
    keep(conversation(300));
    Files.writeString(Checkpoints.in(folder), "in the way");

    assertThat(history()).isEqualTo(fromTheBeginning());
  }

  private RunStore open() {
    return FileRunStore.open(folder, "me");
  }

  private void keep(List<TimelineEntry> entries) {
    try (RunStore store = open()) {
      append(store, RUN, entries);
    }
  }

  private History history() {
    return builder().build();
  }

  private HistoryBuilder builder() {
    try (RunStore store = open()) {
      return store.history(RUN);
    }
  }

  private History fromTheBeginning() {
    try (RunStore store = open()) {
      return History.of(store.read(RUN).entries());
    }
  }

  private Path timeline() {
    return folder.resolve("run-1.jsonl");
  }

  private Path checkpoint() {
    return Checkpoints.in(folder).resolve("run-1.checkpoint");
  }

  private void write(Checkpoint checkpoint) throws IOException {
    Files.createDirectories(Checkpoints.in(folder));
    Files.write(checkpoint(), bytes(checkpoint));
  }

  private static byte[] bytes(Checkpoint checkpoint) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    checkpoint.write(bytes);
    return bytes.toByteArray();
  }

  private int checksum() throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(Files.readAllBytes(timeline()));
    return (int) checksum.getValue();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /// A segment in which an agent was called so often, at last in vain.
  private static List<TimelineEntry> conversation(int calls) {
    List<TimelineEntry> entries = new ArrayList<>();
    entries.add(Entries.started(Entries.at(0), "go on"));
    for (int i = 0; i < calls; i++) {
      entries.add(Entries.step(Entries.at(i), "a"));
      entries.add(
          new TimelineEntry(
              Entries.at(i),
              new TimelineEvent.AgentCall(
                  new CallRecord(
                      "record-" + calls + "-" + i,
                      "a",
                      Entries.at(i),
                      Message.user("é".repeat(LONG_TEXT)),
                      List.of(),
                      "done",
                      Usage.NONE,
                      Optional.empty(),
                      FinishReason.STOP,
                      Optional.empty()),
                  Optional.empty(),
                  Optional.empty())));
    }
    entries.add(
        new TimelineEntry(
            Entries.at(calls),
            new TimelineEvent.AgentPartial(
                new TimelineEvent.Partial("a", "0", "half", "", List.of()))));
    entries.add(Entries.ended(Entries.at(calls), RunState.Finished.cancelled("stopped")));
    return entries;
  }
}
