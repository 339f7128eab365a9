package com.commaagents.base.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.base.task.TaskScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFileTest {
  private static final int MAX_BYTES = 1_000;

  private final Path path;

  SharedFileTest(@TempDir Path folder) {
    path = folder.resolve("data/numbers");
  }

  @Test
  void losesNoChangeOfTwoWhoShareIt() throws Exception {
    List<SharedFile<String>> owners = List.of(open(), open());
    List<Callable<Integer>> changes =
        IntStream.range(0, 40)
            .<Callable<Integer>>mapToObj(i -> () -> add(owners.get(i % 2), i))
            .toList();
    assertThat(TaskScope.all("change", changes)).hasSize(40);
    assertThat(open().value().split(" "))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 40).mapToObj(String::valueOf).toList());
  }

  @Test
  void leavesNothingBehindButThePrivateFileAndItsLock() throws Exception {
    add(open(), 1);
    try (Stream<Path> files = Files.list(path.resolveSibling(""))) {
      assertThat(files)
          .containsExactlyInAnyOrder(path, path.resolveSibling("numbers.lock"))
          .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
    }
    assertThat(mode(path.resolveSibling(""))).isEqualTo("rwx------");
  }

  @Test
  void givesUpWhenSomebodyElseHoldsItOn() throws Exception {
    SharedFile<String> file = open();
    Files.createDirectories(path.resolveSibling(""));
    try (FileGuard _ = FileGuard.of(path)) {
      Thread.currentThread().interrupt();
      Fault fault = catchThrowableOfType(Fault.class, () -> add(file, 1));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(fault.code()).isEqualTo(FaultCode.PERSISTENCE);
      assertThat(fault.message()).isEqualTo("cannot write " + path + " (IOException)");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void overwritesNothingItCannotRead() throws Exception {
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, "x".repeat(MAX_BYTES));
    assertThat(open().value()).hasSize(MAX_BYTES);
    Files.writeString(path, "x".repeat(MAX_BYTES + 1));
    Fault fault = catchThrowableOfType(Fault.class, () -> add(open(), 1));
    assertThat(fault.code()).isEqualTo(FaultCode.LIMIT_EXCEEDED);
    assertThat(Files.size(path)).isEqualTo(MAX_BYTES + 1);
  }

  private SharedFile<String> open() {
    return new SharedFile<>(
        path, MAX_BYTES, "", bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static int add(SharedFile<String> file, int number) {
    file.change(text -> (text + " " + number).strip().getBytes(StandardCharsets.UTF_8));
    return number;
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
