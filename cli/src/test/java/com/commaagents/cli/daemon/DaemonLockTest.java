package com.commaagents.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonLockTest {
  private static final LockHolder HOLDER =
      new LockHolder(
          7,
          "127.0.0.1",
          OptionalInt.empty(),
          Instant.parse("2026-01-02T03:04:05.678Z"),
          "/log",
          new Build("1.0", "abc"));

  @TempDir Path folder;

  @Test
  void isOfOneUntilItIsClosed() {
    DaemonLock lock = DaemonLock.tryTake(folder).orElseThrow();
    assertThat(DaemonLock.tryTake(folder)).isEmpty();
    lock.close();
    DaemonLock.tryTake(folder).orElseThrow().close();
  }

  @Test
  void namesItsHolderAndForgetsItWhenClosed() {
    DaemonLock lock = DaemonLock.tryTake(folder).orElseThrow();
    assertThat(DaemonLock.read(folder)).isEmpty();
    lock.announce(HOLDER);
    assertThat(DaemonLock.read(folder)).contains(HOLDER);
    lock.announce(HOLDER.listeningOn(7422));
    assertThat(DaemonLock.read(folder)).contains(HOLDER.listeningOn(7422));
    lock.announce(HOLDER);
    assertThat(DaemonLock.read(folder)).contains(HOLDER);
    lock.close();
    assertThat(DaemonLock.read(folder)).isEmpty();
  }

  @Test
  void namesNobodyWhenTheFileIsNotOurs() throws IOException {
    for (String content :
        new String[] {"", "7", "{}", "{\"pid\":\"7\"}", "{\"pid\":7,\"startedAt\":\"now\"}"}) {
      Files.writeString(DaemonLock.file(folder), content);
      assertThat(DaemonLock.read(folder)).isEmpty();
    }
    Files.writeString(DaemonLock.file(folder), HOLDER.write() + " ".repeat(DaemonLock.MAX_BYTES));
    assertThat(DaemonLock.read(folder)).isEmpty();
  }
}
