package com.commaagents.models.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {
  @Test
  void masksEveryOccurrenceAndTheLongestFirst() {
    Secrets secrets = new Secrets(List.of("abcd", "abcdefgh"));
    assertThat(secrets.mask("abcd abcdefgh abcdef")).isEqualTo("*** *** ***ef");
  }

  @Test
  void leavesWhatIsTooShortToBeASecret() {
    assertThat(new Secrets(List.of("", "abc")).mask("abc is abc")).isEqualTo("abc is abc");
    assertThat(new Secrets(List.of("abcd")).mask("abcd")).isEqualTo("***");
  }

  @Test
  void doesNotTellItsValues() {
    assertThat(new Secrets(List.of("abcdefgh"))).hasToString("1 secrets");
  }
}
