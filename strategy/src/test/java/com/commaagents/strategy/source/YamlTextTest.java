package com.commaagents.strategy.source;

import static com.commaagents.strategy.source.SourceReaderTest.message;
import static com.commaagents.strategy.source.SourceReaderTest.positions;
import static com.commaagents.strategy.source.SourceReaderTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.strategy.source.ReadResult.Malformed;
import com.commaagents.strategy.source.ReadResult.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
  @Test
  void knowsThePlaceOfEveryKeyAndValue() {
    String text =
        """
        # a comment
        name: one
        list:
          - first
          - { inner: 2 }
        block: |
          two
          lines
        nothing:
        """;
    assertThat(positions(text, SourceFormat.YAML))
        .isEqualTo(
            "2:1 name@2:1=2:7 list@3:1=4:3 4:5 5:5 inner@5:7=5:14 block@6:1=6:8 nothing@9:1=9:9");
    assertThat(json(text))
        .isEqualTo(
            "{\"name\":\"one\",\"list\":[\"first\",{\"inner\":2}],\"block\":\"two\\nlines\\n\",\"nothing\":null}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain text    | "plain text"
          yes           | "yes"
          on            | "on"
          1.2.3         | "1.2.3"
          2026-01-01    | "2026-01-01"
          12:30         | "12:30"
          ${HOME}       | "${HOME}"
          <<            | "<<"
          '1'           | "1"
          "1"           | "1"
          ~             | null
          Null          | null
          True          | true
          FALSE         | false
          12            | 12
          +12           | 12
          0123          | 123
          0o17          | 15
          0x1F          | 31
          9999999999    | 9999999999
          .5            | 0.5
          1.            | 1.0
          1e3           | 1000.0
          !!str 12      | "12"
          ! 12          | "12"
          !!int "12"    | 12
          !!float 12    | 12
          !!bool "true" | true
          !!null ""     | null
          !!seq [1]     | [1]
          !!map {a: 1}  | {"a":1}
          """)
  void readsScalarsByTheCoreSchemaOfYaml12(String written, String json) {
    assertThat(json("v: " + written)).isEqualTo("{\"v\":" + json + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {".inf", "-.INF", ".nan", "1e999", "!!int 1.5", "!!bool yes", "!!null x"})
  void refusesScalarsThatNoJsonCanHold(String written) {
    assertThat(read("v: " + written, SourceFormat.YAML)).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!mine x", "!!binary aGk=", "!!set {a}", "!!seq {a: 1}", "!!map [a]"})
  void refusesOtherTags(String written) {
    assertThat(message("v: " + written, SourceFormat.YAML)).contains("YAML core schema");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `name: [unclosed`        | 1:16 | expected ',' or ']' (the list begins at 1:7)
          `name: {a: 1`            | 1:12 | expected ',' or '}' (the object begins at 1:7)
          `a: 1\n b: 2`            | 2:3  | a ':' that names no field; check the indentation, or put the text in quotes
          `a: "open`               | 1:9  | expected the closing quote (the text begins at 1:4)
          `a:\n\t- b`              | 2:1  | a tab; YAML takes only spaces for the indentation
          `a: @b`                  | 1:4  | a character no value begins with; put the text in quotes
          `a: "\\y"`               | 1:6  | expected a known escape after '\\' (the text begins at 1:4)
          `a: 1\nb`                | 2:2  | expected ':' after the name of a field
          `a: *nowhere`            | 1:4  | expected an alias of an anchor that was completed before this place
          `a: &x [*x]`             | 1:8  | expected an alias of an anchor that was completed before this place
          `[a]: 1`                 | 1:1  | expected the name of a field as plain text
          `a: 1\n---\nb: 2`        | 2:1  | expected one document, here begins another
          `a: b: c`                | 1:5  | a ':' that names no field; check the indentation, or put the text in quotes
          `- a\nb: 1`              | 2:1  | expected the end of the list or object above, or an entry at its indentation (the list begins at 1:1)
          `%YAML 3.0\n---\na: 1`   | 1:1  | expected YAML 1.2
          """)
  void saysWhatWasExpectedWhere(String text, String at, String message) {
    assertThat(read(text.replace("\\n", "\n").replace("\\t", "\t"), SourceFormat.YAML))
        .hasToString("Malformed[at=" + at + ", message=" + message + "]");
  }

  @Test
  void saysWhereAControlCharacterStands() {
    assertThat(read("a: 1\nb: x\u0001", SourceFormat.YAML))
        .isEqualTo(
            new Malformed(
                new Position(2, 5),
                "a control character; YAML takes it only as an escape in double quotes"));
  }

  @Test
  void readsAnAliasAsWhatItNames() {
    assertThat(json("a: &x {b: [1]}\nc: *x\nd: &y 2\ne: *y"))
        .isEqualTo("{\"a\":{\"b\":[1]},\"c\":{\"b\":[1]},\"d\":2,\"e\":2}");
  }

  @Test
  void countsAnAliasAsDeepAsWhatItNames() {
    String deep = "- &x " + "[".repeat(60) + "]".repeat(60) + "\n- ";
    assertThat(read(deep + "[".repeat(39) + "*x" + "]".repeat(39), SourceFormat.YAML))
        .isInstanceOf(Parsed.class);
    assertThat(message(deep + "[".repeat(40) + "*x" + "]".repeat(40), SourceFormat.YAML))
        .isEqualTo("lists and objects are nested more than 100 deep");
  }

  @Test
  void refusesAnAliasBombBeforeItGoesOff() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int level = 1; level < 20; level++) {
      String alias = "*a" + (level - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(level, level, (alias + ", ").repeat(9) + alias));
    }
    assertThat(read(bomb.toString(), SourceFormat.YAML))
        .isEqualTo(
            new Malformed(
                new Position(5, 45), "more than 100000 values, aliases counted as what they name"));
  }

  private static String json(String text) {
    return read(text, SourceFormat.YAML) instanceof Parsed(SourceNode root)
        ? root.toJson().toString()
        : message(text, SourceFormat.YAML);
  }
}
