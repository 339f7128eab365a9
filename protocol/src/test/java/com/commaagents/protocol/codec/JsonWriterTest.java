package com.commaagents.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.commaagents.base.json.Json;
import com.commaagents.base.json.RawJson;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

final class JsonWriterTest {
  @Test
  void escapesAsJavaScriptDoes() {
    assertThat(written(out -> out.string("\b\t\n\f\r\"\\/\u0000\u001f\u007f\u2028")))
        .isEqualTo("\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0000\\u001f\u007f\u2028\"");
    assertThat(written(out -> out.string("é€🌍"))).isEqualTo("\"é€🌍\"");
    assertThat(written(out -> out.string("\ude00\ud83d"))).isEqualTo("\"\\ude00\\ud83d\"");
  }

  @Test
  void writesAPairThatLiesAcrossTheEndOfAChunk() {
    String text = "x".repeat(63) + "🌍" + "y".repeat(200);
    assertThat(written(out -> out.string(text))).isEqualTo("\"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 9, 10, 99, 100, 999_999_999L, 1_000_000_000L, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void writesWholeNumbers(long value) {
    assertThat(written(out -> out.number(value))).isEqualTo(Long.toString(value));
  }

  @Test
  void writesFractionsSoThatTheyReadBack() {
    assertThat(written(out -> out.number(1.5))).isEqualTo("1.5");
    assertThat(written(out -> out.number(2.0))).isEqualTo("2");
    assertThat(written(out -> out.number(1e300))).isEqualTo("1.0E300");
    assertThat(written(out -> out.number(Double.NaN))).isEqualTo("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"a\":[1,2.5,-3,1.0E300,123456789012345678901234567890],\"b\":{\"c\":null}}",
        "[true,false,[[]],{\"\\\"k\\n\":\"v\"}]"
      })
  void writesATreeAsItWasRead(String json) {
    assertThat(written(out -> out.tree(Golden.tree(json)))).isEqualTo(json);
  }

  @Test
  void writesNullForANumberThatJsonDoesNotHave() {
    JsonNode infinite = JsonNodeFactory.instance.numberNode(Double.POSITIVE_INFINITY);
    assertThat(written(out -> out.tree(infinite))).isEqualTo("null");
  }

  @Test
  void writesATreeUpToTheDepthLimitAndNoDeeper() {
    assertThat(written(out -> out.tree(nested(TreeWriter.MAX_DEPTH))))
        .isEqualTo("[".repeat(TreeWriter.MAX_DEPTH) + "]".repeat(TreeWriter.MAX_DEPTH));
    JsonNode deeper = nested(TreeWriter.MAX_DEPTH + 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JsonWriter(16).tree(deeper))
        .withMessage("a tree deeper than 1000");
  }

  @Test
  void refusesATreeThatIsNotJson() {
    JsonNode object = JsonNodeFactory.instance.pojoNode(new Object());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JsonWriter(16).tree(object))
        .withMessage("not JSON: POJO");
  }

  @Test
  void writesBytesUpToTheLimitAndNoMore() {
    JsonWriter out = new JsonWriter(1, 1_000);
    out.raw(new byte[1_000]);
    assertThat(out.toByteArray()).hasSize(1_000);
    assertThatIllegalStateException()
        .isThrownBy(() -> out.nothing())
        .withMessage("a message of more than 1000 bytes");
  }

  @Test
  void putsLargeValuesWhereTheyStand() {
    RawJson large = RawJson.trusted(("\"" + "x".repeat(20_000) + "\"").getBytes(UTF_8));
    RawJson small = RawJson.trusted("7".getBytes(UTF_8));
    String written =
        written(out -> {
          out.beginArray();
          for (RawJson value : List.of(large, small, large, large)) {
            out.separator();
            out.raw(value);
          }
          out.endArray();
        });
    assertThat(written).isEqualTo("[" + large + ",7," + large + "," + large + "]");
  }

  @Test
  void countsLargeValuesTowardsTheLimit() {
    RawJson large = RawJson.trusted(("\"" + "x".repeat(20_000) + "\"").getBytes(UTF_8));
    JsonWriter out = new JsonWriter(1, 20_002);
    out.raw(large);
    assertThat(out.toByteArray()).hasSize(20_002);
    assertThatIllegalStateException()
        .isThrownBy(() -> out.bool(true))
        .withMessage("a message of more than 20002 bytes");
    assertThatIllegalStateException()
        .isThrownBy(() -> new JsonWriter(1, 20_001).raw(large))
        .withMessage("a message of more than 20001 bytes");
  }

  private static JsonNode nested(int depth) {
    ArrayNode innermost = Json.array();
    ArrayNode outer = innermost;
    for (int i = 1; i < depth; i++) {
      outer = Json.array().add(outer);
    }
    return outer;
  }

  private static String written(Consumer<JsonWriter> value) {
    JsonWriter out = new JsonWriter(1);
    value.accept(out);
    return new String(out.toByteArray(), UTF_8);
  }
}
