package com.commaagents.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FormattingTest {
  @Test
  void everyJavaFileIsFormatted() throws IOException {
    assertThat(JavaSources.all()).hasSizeGreaterThan(50);
    assertThat(JavaSources.unformatted()).as("files to format: run `make fix`").isEmpty();
  }
}
