package com.commaagents.runs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.runs.fakes.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path folder;

  @Test
  void namesTheHolderToASecondStoreOfThisProcess() {
    try (FileRunStore first = FileRunStore.open(folder, "the daemon, process 7")) {
      assertThatThrownBy(() -> FileRunStore.open(folder, "another"))
          .isInstanceOfSatisfying(
              Fault.class, refused -> assertThat(refused.code()).isEqualTo(FaultCode.CONFLICT))
          .hasMessage(inUseBy("the daemon, process 7"));
      assertThat(first.list()).isEmpty();
    }
  }

  @Test
  void knowsTheFolderByAnyName() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    try (FileRunStore first = FileRunStore.open(folder, "me")) {
      assertThatThrownBy(() -> FileRunStore.open(link, "another"))
          .hasMessageContaining("is in use by me.");
      assertThat(first.list()).isEmpty();
    }
  }

  @Test
  void keepsAnotherProcessOutAlsoAfterARefusal() throws IOException, InterruptedException {
    try (FileRunStore first = FileRunStore.open(folder, "me")) {
      assertThatThrownBy(() -> FileRunStore.open(folder, "another")).isInstanceOf(Fault.class);
      try (ChildJvm child = ChildJvm.start("true", StoreHolder.class, folder, "child")) {
        assertThat(child.readLine()).isEqualTo(inUseBy("me"));
      }
      assertThat(first.list()).isEmpty();
    }
  }

  @Test
  void isFreeOnceItsHolderIsDead() throws IOException, InterruptedException {
    try (ChildJvm child = ChildJvm.start("true", StoreHolder.class, folder, "child")) {
      assertThat(child.readLine()).isEqualTo("holding");
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> FileRunStore.open(folder, "me")).hasMessage(inUseBy("child"));
      }
      child.kill();
      try (FileRunStore store = FileRunStore.open(folder, "me")) {
        assertThat(store.list()).hasSize(1);
      }
    }
  }

  @Test
  void isGivenBackOnce() {
    FileRunStore first = FileRunStore.open(folder, "first");
    first.close();
    try (FileRunStore second = FileRunStore.open(folder, "second")) {
      first.close();
      assertThatThrownBy(() -> FileRunStore.open(folder, "third")).hasMessage(inUseBy("second"));
      assertThat(second.list()).isEmpty();
    }
  }

  private String inUseBy(String holder) {
    return "The runs folder "
        + folder
        + " is in use by "
        + holder
        + ". Stop that process, or use another folder.";
  }
}
