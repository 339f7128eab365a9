package com.commaagents.models.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisteredProvidersTest {
  private final Path file;
  private final RegisteredProviders registered;

  RegisteredProvidersTest(@TempDir Path folder) {
    file = folder.resolve("provider-registry.json");
    registered = new RegisteredProviders(file);
  }

  @Test
  void keepsAPrivateListThatOutlivesIt() throws Exception {
    assertThat(registered.ids()).isEmpty();
    assertThat(file).doesNotExist();
    registered.add("mine");
    registered.add("mine");
    registered.add("groq");
    assertThat(file).hasContent("[\"groq\",\"mine\"]");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(new RegisteredProviders(file).ids()).containsExactly("groq", "mine");
    registered.remove("groq");
    registered.remove("groq");
    assertThat(registered.ids()).containsExactly("mine");
  }

  @Test
  void saysWhereTheFileIsMalformedAndLeavesIt() throws Exception {
    Files.writeString(file, "[\"a\",\n oops]");
    Fault fault = catchThrowableOfType(Fault.class, () -> registered.add("b"));
    assertThat(fault.code()).isEqualTo(FaultCode.INVALID_INPUT);
    assertThat(fault.message())
        .matches(".*provider-registry.json:2:\\d+: expected a JSON array of provider ids.*");
    assertThat(file).hasContent("[\"a\",\n oops]");
    for (String other : new String[] {"{}", "[1]", "[\"\"]"}) {
      Files.writeString(file, other);
      assertThat(catchThrowableOfType(Fault.class, registered::ids).message())
          .startsWith(file + ": expected a JSON array");
    }
  }

  @Test
  void takesOnlySoMany() throws Exception {
    String ids =
        IntStream.range(1, RegisteredProviders.MAX_REGISTERED)
            .mapToObj(i -> "\"p" + i + "\"")
            .collect(Collectors.joining(","));
    Files.writeString(file, "[" + ids + "]");
    registered.add("last");
    registered.add("last");
    Fault fault = catchThrowableOfType(Fault.class, () -> registered.add("more"));
    assertThat(fault.code()).isEqualTo(FaultCode.LIMIT_EXCEEDED);
    assertThat(registered.ids()).hasSize(RegisteredProviders.MAX_REGISTERED).contains("last");
    Files.writeString(file, "[]" + " ".repeat(RegisteredProviders.MAX_BYTES - 2));
    assertThat(registered.ids()).isEmpty();
    Files.writeString(file, "[]" + " ".repeat(RegisteredProviders.MAX_BYTES - 1));
    assertThat(catchThrowableOfType(Fault.class, registered::ids).code())
        .isEqualTo(FaultCode.LIMIT_EXCEEDED);
  }
}
