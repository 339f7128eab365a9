package com.commaagents.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.time.Clock;
import com.commaagents.tools.disk.FileBytes;
import com.commaagents.tools.failure.ToolError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is ruled out by its bytes, beside plain matching line by line.
class NeedleTest {
  private static final int GAMES = 20_000;
  private static final List<String> ATOMS =
      List.of(
          "a",
          "b",
          "K",
          "é",
          "ab",
          "aba",
          ".",
          "\\w",
          "\\.",
          "[ab]",
          "[^a]",
          "(ab|ba)",
          "(?:a|é)",
          "(?=a)",
          "(?!b)",
          "\\b",
          "^",
          "$",
          "(a[b)]?)",
          "\\Qa.b\\E",
          "\\x61",
          "(?i:A)",
          "\\p{L}");
  private static final List<String> QUANTIFIERS = List.of("", "", "", "?", "*", "+", "{0,2}", "+?");
  private static final List<String> TEXTS =
      List.of(
          "a", "b", "A", "B", "k", "K", "é", "É", ".", " ", "\n", "\r\n", "ab", "aba", "\uFFFD");

  @Test
  void rulesOutNoFileThatHasAMatchAndFindsWhatPlainMatchingFinds() throws ToolError {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int found = 0;
    for (int game = 0; game < GAMES; game++) {
      String expression = expression(random);
      String content = draw(TEXTS, random, 12);
      boolean expected = content.lines().anyMatch(Pattern.compile(expression).asPredicate());
      Needle needle = needle("regex", expression);
      FileBytes bytes = bytes(content);
      assertThat(needle.isIn(content))
          .as("seed %d: <%s> in <%s>", seed, expression, content)
          .isEqualTo(expected);
      assertThat(needle.mayBeIn(bytes) || !expected)
          .as("seed %d: <%s> is not ruled out in <%s>", seed, expression, content)
          .isTrue();
      found += expected ? 1 : 0;
    }
    assertThat(found).isBetween(GAMES / 20, GAMES * 19 / 20);
  }

  private static String expression(Random random) {
    StringBuilder expression =
        new StringBuilder(List.of("", "", "", "(?i)", "(?ms)").get(random.nextInt(5)));
    int alternatives = 1 + random.nextInt(2);
    for (int i = 0; i < alternatives; i++) {
      expression.append(i > 0 ? "|" : "");
      for (int atom = 0; atom <= random.nextInt(4); atom++) {
        expression
            .append(ATOMS.get(random.nextInt(ATOMS.size())))
            .append(QUANTIFIERS.get(random.nextInt(QUANTIFIERS.size())));
      }
    }
    return expression.toString();
  }

  private static String draw(List<String> pieces, Random random, int most) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(most);
    for (int i = 0; i < count; i++) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "needle, true",
    "two|four, true",
    "(x)needle\\w+, true",
    "need.*le, true",
    "a?b?, true",
    "nothing, false",
    "absent|missing, false",
    "needle\\d+missing, false",
    "(?i)NEEDLES, true",
    "(?i)ABSENT, false",
    "(?s)ABSENT, false",
    "(?si)NEEDLES, true",
    "[e]{2}, true",
    "[e]{3}, false",
    "one\\s+\\w, true",
    "one\\s+[0-9], false"
  })
  void rulesFilesOutByTheirBytes(String expression, boolean may) throws ToolError {
    assertThat(needle("regex", expression).mayBeIn(bytes("one two xneedles\n"))).isEqualTo(may);
  }

  // With something behind it that is not part of it.
  private static FileBytes bytes(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 20);
    Arrays.fill(longer, bytes.length, longer.length, (byte) 'a');
    return new FileBytes(longer, bytes.length);
  }

  @Test
  void saysWhatIsWrongWithAnExpression() {
    assertThatThrownBy(() -> needle("regex", "a(")).isInstanceOf(ToolError.class);
  }

  private static Needle needle(String mode, String query) throws ToolError {
    return Needle.of(mode, query, new TimeLimit(Clock.system(), Duration.ofMinutes(5)));
  }
}
