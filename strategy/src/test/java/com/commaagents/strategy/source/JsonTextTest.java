package com.commaagents.strategy.source;

import static com.commaagents.strategy.source.SourceReaderTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.json.Json;
import com.commaagents.strategy.source.ReadResult.Malformed;
import com.commaagents.strategy.source.ReadResult.Parsed;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class JsonTextTest {
  private static final String EVERYTHING =
      """
      { "text": "a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00 é", "none": null, "yes": true, "no": false,
        "numbers": [0, -0, 12, -7, 2147483648, 92233720368547758070, 0.5, -1.25e-3, 1E3],
        "empty": [ {}, [], "" ] }
      """;

  @Test
  void readsWhatTheJsonLibraryReads() {
    assertThat(json(EVERYTHING, SourceFormat.JSON)).isEqualTo(Json.parse(EVERYTHING));
    assertThat(json(EVERYTHING, SourceFormat.JSON)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `this is`         | 1:1  | expected a value: an object, a list, a text in double quotes, a number, true, false or null
          `{`               | 1:2  | the file ends too early: expected '"' to begin the name of a field, or '}'
          `{a: 1}`          | 1:2  | expected '"' to begin the name of a field, or '}'
          `{"a" 1}`         | 1:6  | expected ':' after the name of a field
          `{"a": }`         | 1:7  | expected a value: an object, a list, a text in double quotes, a number, true, false or null
          `{"a": 1 "b": 2}` | 1:9  | expected ',' or '}' after the value of a field
          `{"a": 1,}`       | 1:8  | a comma before '}' is not JSON; take it away or name the file .jsonc
          `[1 2]`           | 1:4  | expected ',' or ']' after an entry of a list
          `[1,]`            | 1:3  | a comma before ']' is not JSON; take it away or name the file .jsonc
          `[,]`             | 1:2  | expected a value: an object, a list, a text in double quotes, a number, true, false or null
          `[1] 2`           | 1:5  | expected the end of the file after the first value
          `["a`             | 1:2  | the text that begins here has no closing '"'
          `["a	b"]`          | 1:4  | a line break or control character in a text; write it as an escape such as \\n
          `["ab\\x"]`       | 1:5  | expected one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u after '\\'
          `["ab\\u12g4"]`   | 1:5  | expected four hexadecimal digits after '\\u'
          `[nul]`           | 1:2  | expected a value: an object, a list, a text in double quotes, a number, true, false or null
          `[nulls]`         | 1:2  | expected a value: an object, a list, a text in double quotes, a number, true, false or null
          `[01]`            | 1:2  | expected a number such as 12, -0.5 or 1e3, of at most 100 characters and within the range of a double
          `[1e999]`         | 1:2  | expected a number such as 12, -0.5 or 1e3, of at most 100 characters and within the range of a double
          `[1x]`            | 1:2  | expected a number such as 12, -0.5 or 1e3, of at most 100 characters and within the range of a double
          `[1] // no`       | 1:5  | a comment is not JSON; take it away or name the file .jsonc
          `[1] / 2`         | 1:5  | a '/' outside of a text
          """)
  void saysWhatWasExpectedWhere(String text, String at, String message) {
    assertThat(read(text, SourceFormat.JSON))
        .hasToString("Malformed[at=" + at + ", message=" + message + "]");
  }

  @Test
  void takesCommentsAndTrailingCommasInJsonc() {
    String text =
        """
        // first
        { /* here
             too */ "a": [1, 2, /**/ ], // end of line
          "b // no comment": "/* nor this */", }
        // last\
        """;
    assertThat(json(text, SourceFormat.JSONC))
        .isEqualTo(Json.parse("{\"a\":[1,2],\"b // no comment\":\"/* nor this */\"}"));
    assertThat(SourceReaderTest.positions(text, SourceFormat.JSONC))
        .isEqualTo("2:1 a@3:13=3:18 3:19 3:22 b // no comment@4:3=4:22");
  }

  @Test
  void refusesACommaAloneAndAnOpenCommentAlsoInJsonc() {
    assertThat(read("[,]", SourceFormat.JSONC)).isInstanceOf(Malformed.class);
    assertThat(read("{,}", SourceFormat.JSONC)).isInstanceOf(Malformed.class);
    assertThat(read("[1,,]", SourceFormat.JSONC)).isInstanceOf(Malformed.class);
    assertThat(read("[1] /* no end", SourceFormat.JSONC))
        .isEqualTo(
            new Malformed(new Position(1, 5), "the comment that begins here has no closing '*/'"));
  }

  @Test
  void takesNumbersOfTheGreatestLengthAndNoLonger() {
    assertThat(read("1".repeat(100), SourceFormat.JSON)).isInstanceOf(Parsed.class);
    assertThat(read("1".repeat(101), SourceFormat.JSON)).isInstanceOf(Malformed.class);
  }

  /// Differential: on mutated texts the reader and the JSON library agree on what is JSON and what
  /// it says.
  @Test
  void agreesWithTheJsonLibraryOnRandomTexts() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 4_000; round++) {
      String text = mutate(random);
      Optional<JsonNode> expected = Json.parse(text);
      if (!isTakenByTheLibraryOnly(expected) && !hasRepeatedField(text)) {
        assertThat(json(text, SourceFormat.JSON))
            .as("seed %s, text %s", seed, text)
            .isEqualTo(expected);
      }
    }
  }

  private static String mutate(Random random) {
    String alphabet = "{}[],:\"\\/ \n0123456789-+.eEtrufalsn*xé";
    StringBuilder text = new StringBuilder(EVERYTHING);
    for (int change = random.nextInt(3); change >= 0 && !text.isEmpty(); change--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
        default -> text.setLength(random.nextInt(10) == 0 ? at + 1 : text.length());
      }
    }
    return text.toString();
  }

  /// Halves of surrogate pairs and numbers too great for a double.
  private static boolean isTakenByTheLibraryOnly(Optional<JsonNode> node) {
    String text = node.map(JsonNode::toString).orElse("");
    return UnpairedSurrogates.in(text) || text.contains("Infinity");
  }

  private static boolean hasRepeatedField(String text) {
    return read(text, SourceFormat.JSON) instanceof Parsed(SourceNode.Mapping mapping)
        && !mapping.repeated().isEmpty();
  }

  private static Optional<JsonNode> json(String text, SourceFormat format) {
    return read(text, format) instanceof Parsed(SourceNode root)
        ? Optional.of(root.toJson())
        : Optional.empty();
  }
}
