package com.commaagents.mcp.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How much of what a server says is taken in.
final class BoundsTest {
  @Test
  void readsALineAsLongAsItMayBe() throws IOException {
    String longest = "x".repeat(LineReader.MAX_LINE_BYTES);
    LineReader lines = reader(longest + "\nnext\nno end");
    assertThat(lines.next()).contains(longest);
    assertThat(lines.next()).contains("next");
    assertThat(lines.next()).as("half a message is none").isEmpty();

    assertThatThrownBy(() -> reader(longest + "x\n").next())
        .isInstanceOf(IOException.class)
        .hasMessage("it sent a message of more than 8388608 bytes");
  }

  private static LineReader reader(String text) {
    return new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Test
  void holdsTheEndOfTheErrorStream() {
    Tail tail = new Tail();
    tail.add(("a" + "b".repeat(Tail.MAX_BYTES - 1)).getBytes(UTF_8), Tail.MAX_BYTES);
    assertThat(tail.text()).hasSize(Tail.MAX_BYTES).startsWith("a");

    tail.add("c".getBytes(UTF_8), 1);
    assertThat(tail.text()).hasSize(Tail.MAX_BYTES).startsWith("b").endsWith("bc");

    tail.add(("z" + "y".repeat(Tail.MAX_BYTES)).getBytes(UTF_8), Tail.MAX_BYTES + 1);
    assertThat(tail.text()).isEqualTo("y".repeat(Tail.MAX_BYTES));
  }

  @Test
  void passesOnAResultAsLongAsItMayBe() {
    String longest = "x".repeat(ResultText.MAX_CHARACTERS);
    assertThat(ResultText.of(result(longest))).isEqualTo(longest);
    assertThat(ResultText.of(result(longest + "y")))
        .isEqualTo(longest + "\n[cut: the result has 400001 characters; ask the tool for less]");
    assertThat(ResultText.of(result(longest.substring(1) + "\ud83c\udf4b")))
        .as("not within a character")
        .isEqualTo(
            longest.substring(1)
                + "\n[cut: the result has 400001 characters; ask the tool for less]");
  }

  private static CallToolResult result(String text) {
    return CallToolResult.builder().content(List.of(TextContent.builder(text).build())).build();
  }
}
