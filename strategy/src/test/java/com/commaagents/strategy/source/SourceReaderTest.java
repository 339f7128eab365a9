package com.commaagents.strategy.source;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.strategy.source.ReadResult.Malformed;
import com.commaagents.strategy.source.ReadResult.Parsed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceReaderTest {
  @ParameterizedTest
  @EnumSource
  void takesAByteOrderMarkAndCountsColumnsWithoutIt(SourceFormat format) {
    assertThat(positions("\uFEFF{\"a\": 1}", format)).isEqualTo("1:1 a@1:2=1:7");
  }

  @ParameterizedTest
  @EnumSource
  void countsColumnsInCodePoints(SourceFormat format) {
    assertThat(positions("{\"é😀\": [\"😀\", 2]}", format)).isEqualTo("1:1 é😀@1:2=1:8 1:9 1:14");
  }

  @ParameterizedTest
  @EnumSource
  void countsLinesHoweverTheyEnd(SourceFormat format) {
    assertThat(positions("{\"a\": 1,\r\n \"b\": 2,\n\"c\": 3,\r\"d\": 4}", format))
        .isEqualTo("1:1 a@1:2=1:7 b@2:2=2:7 c@3:1=3:6 d@4:1=4:6");
  }

  @ParameterizedTest
  @EnumSource
  void refusesBytesThatAreNotUtf8AndSaysWhere(SourceFormat format) {
    byte[] content = "{\n  \"ä\": \"x\"}".getBytes(UTF_8);
    content[10] = (byte) 0xC0;
    assertThat(SourceReader.read(content, format))
        .isEqualTo(
            new Malformed(
                new Position(2, 8), "a byte that is not UTF-8, expected a text in UTF-8"));
  }

  @ParameterizedTest
  @EnumSource
  void namesUtf16(SourceFormat format) {
    assertThat(SourceReader.read("\uFEFF{}".getBytes(UTF_16LE), format))
        .isEqualTo(
            new Malformed(Position.START, "the file is UTF-16, expected UTF-8: save it as UTF-8"));
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnEmptyFile(SourceFormat format) {
    assertThat(read(" \n ", format)).isInstanceOf(Malformed.class);
    assertThat(message("", format)).isEqualTo("the file is empty");
  }

  @ParameterizedTest
  @EnumSource
  void takesAFileOfTheLargestSizeAndNoLarger(SourceFormat format) {
    String padding = " ".repeat(SourceReader.MAX_BYTES - 2);
    assertThat(read("[" + padding + "]", format)).isInstanceOf(Parsed.class);
    assertThat(message("[" + padding + " ]", format))
        .isEqualTo("the file is larger than 1048576 bytes");
  }

  @ParameterizedTest
  @EnumSource
  void takesTheDeepestNestingAndNoDeeper(SourceFormat format) {
    int depth = SourceReader.MAX_DEPTH;
    assertThat(read("[".repeat(depth) + "]".repeat(depth), format)).isInstanceOf(Parsed.class);
    assertThat(read("[".repeat(500_000), format))
        .isEqualTo(
            new Malformed(
                new Position(1, depth + 1), "lists and objects are nested more than 100 deep"));
  }

  @ParameterizedTest
  @EnumSource
  void takesTheMostValuesAndNoMore(SourceFormat format) {
    String items = "1,".repeat(SourceReader.MAX_NODES - 2);
    assertThat(read("[" + items + "1]", format)).isInstanceOf(Parsed.class);
    assertThat(message("[" + items + "1,1]", format))
        .isEqualTo("more than 100000 values, aliases counted as what they name");
  }

  @ParameterizedTest
  @EnumSource
  void keepsFieldsThatAreThereTwiceApart(SourceFormat format) {
    if (read("{\"a\": 1, \"b\": 2, \"a\": 3}", format)
        instanceof Parsed(SourceNode.Mapping mapping)) {
      assertThat(mapping.toJson()).hasToString("{\"a\":1,\"b\":2}");
      assertThat(mapping.repeated()).extracting(SourceNode.Field::at).hasToString("[1:18]");
    } else {
      throw new AssertionError("a mapping was expected");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesHalfACharacterThatAnEscapeWrites(SourceFormat format) {
    assertThat(message("{\"a\": \"\\ud83d\"}", format)).contains("half of a surrogate pair");
  }

  @Test
  void tellsFormatsByTheirExtensions() {
    assertThat(SourceFormat.of(Path.of("a/b.YAML"))).contains(SourceFormat.YAML);
    assertThat(SourceFormat.of(Path.of("b.yml"))).contains(SourceFormat.YAML);
    assertThat(SourceFormat.of(Path.of("b.x.jsonc"))).contains(SourceFormat.JSONC);
    assertThat(SourceFormat.of(Path.of(".json"))).isEmpty();
    assertThat(SourceFormat.of(Path.of("json"))).isEmpty();
    assertThat(SourceFormat.of(Path.of("/"))).isEmpty();
  }

  static ReadResult read(String text, SourceFormat format) {
    return SourceReader.read(text.getBytes(UTF_8), format);
  }

  static String message(String text, SourceFormat format) {
    return read(text, format) instanceof Malformed(_, String message) ? message : "parsed";
  }

  /// Every place of a tree: of a field its name's and its value's.
  static String positions(String text, SourceFormat format) {
    StringBuilder places = new StringBuilder();
    if (read(text, format) instanceof Parsed(SourceNode root)) {
      describe(root, places);
    }
    return places.toString();
  }

  private static void describe(SourceNode node, StringBuilder places) {
    places.append(node.at());
    switch (node) {
      case SourceNode.Scalar _ -> {}
      case SourceNode.Sequence sequence ->
          sequence
              .items()
              .forEach(item -> {
                places.append(' ');
                describe(item, places);
              });
      case SourceNode.Mapping mapping ->
          mapping
              .fields()
              .values()
              .forEach(field -> {
                places.append(' ').append(field.name()).append('@').append(field.at());
                places.append('=');
                describe(field.value(), places);
              });
    }
  }
}
