package com.commaagents.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidFileTest {
  private static final long US = ProcessHandle.current().pid();

  @TempDir Path folder;

  @Test
  void namesTheProcessThatWroteIt() {
    PidFile file = new PidFile(folder.resolve("deep/daemon.pid"));
    file.write(US);
    assertThat(file.livingProcess()).isEqualTo(OptionalLong.of(US));
  }

  @Test
  void readsThePidOfJsonToo() throws IOException {
    PidFile file = new PidFile(folder.resolve("daemon.pid"));
    Files.writeString(file.path(), "{\"port\": 7422, \"pid\": " + US + "}");
    assertThat(file.livingProcess()).isEqualTo(OptionalLong.of(US));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "daemon", "-1", "0", "99999999999999", "{\"port\": 1}"})
  void namesNobodyWhenItHoldsNoPid(String content) throws IOException {
    PidFile file = new PidFile(folder.resolve("daemon.pid"));
    Files.writeString(file.path(), content);
    assertThat(file.livingProcess()).isEmpty();
  }

  @Test
  void namesNobodyWhenItIsNotThereOrTooLarge() throws IOException {
    PidFile file = new PidFile(folder.resolve("daemon.pid"));
    assertThat(file.livingProcess()).isEmpty();
    Files.writeString(file.path(), US + " ".repeat(PidFile.MAX_BYTES));
    assertThat(file.livingProcess()).isEmpty();
  }

  @Test
  void namesNobodyWhenThePidNowIsOfAProcessThatStartedLater() throws IOException {
    PidFile file = new PidFile(folder.resolve("daemon.pid"));
    file.write(US);
    Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
    Instant justBefore = start.minus(ProcessTable.START_TOLERANCE);
    Files.setLastModifiedTime(file.path(), FileTime.from(justBefore));
    assertThat(file.livingProcess()).isEqualTo(OptionalLong.of(US));
    Files.setLastModifiedTime(file.path(), FileTime.from(justBefore.minusSeconds(1)));
    assertThat(file.livingProcess()).isEmpty();
  }

  @Test
  void namesNobodyWhenTheProcessHasEnded() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    PidFile file = new PidFile(folder.resolve("daemon.pid"));
    file.write(process.pid());
    assertThat(file.livingProcess()).isEmpty();
  }

  @Test
  void isRemovedOnlyByTheProcessItNames() {
    PidFile file = new PidFile(folder.resolve("daemon.pid"));
    file.write(US);
    file.removeIfOf(US + 1);
    assertThat(file.path()).exists();
    file.removeIfOf(US);
    assertThat(file.path()).doesNotExist();
    file.removeIfOf(US);
  }
}
