package com.commaagents.packages.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.commaagents.base.fault.Fault;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistryAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://packages.example.org/index.json",
        "HTTPS://x/i?key=1",
        "http://localhost:8080/i",
        "http://127.0.0.1/i",
        "http://[::1]:1/i"
      })
  void takesSecureAddressesAndThoseOfThisMachine(String text) {
    assertThat(RegistryAddress.of(text, Path::of))
        .isEqualTo(new RegistryAddress.Web(URI.create(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://packages.example.org/i",
        "http://localhost.example.org/i",
        "http://127.0.0.1.x/i",
        "ftp://localhost/i",
        "file:///i",
        "https://u:s3cret@x/i",
        "https:///i",
        "https://x/i#f",
        "https://x/a b"
      })
  void refusesOthersWithoutShowingThem(String text) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> RegistryAddress.of(text, Path::of))
        .withMessage("expected " + RegistryAddress.EXPECTED);
  }

  @Test
  void takesWhatIsNoAddressForAFolder() {
    assertThat(RegistryAddress.of("shared/registry", Path::of))
        .isEqualTo(new RegistryAddress.Folder(Path.of("shared/registry")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RegistryAddress.Web(URI.create("http://x.example/")));
  }

  @Test
  void showsNoSecretOfAnAddress() {
    assertThat(RegistryAddress.of("https://x.example:1/i?key=s3cret", Path::of).shown())
        .isEqualTo("https://x.example:1/i");
  }
}
