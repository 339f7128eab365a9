package com.commaagents.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import com.commaagents.base.time.Clock;
import com.commaagents.tools.disk.FileBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Wherever Java finds something in a line, the wider expression fits somewhere in the bytes.
@Timeout(120)
class WiderExpressionTest {
  private static final int GAMES = 30_000;
  private static final List<String> ATOMS =
      List.of(
          "a",
          "b",
          "K",
          "é",
          "ſ",
          "𝄞",
          "0",
          " ",
          "-",
          "]",
          "}",
          "#",
          ",",
          ".",
          "\\.",
          "\\w",
          "\\W",
          "\\d",
          "\\D",
          "\\s",
          "\\S",
          "\\h",
          "\\v",
          "\\t",
          "\\p{L}",
          "\\P{Alpha}",
          "\\pN",
          "[ab]",
          "[^a]",
          "[^é]",
          "[a-cé]",
          "[\\w.-]",
          "[^\\s\"]",
          "[a-z&&[^b]]",
          "[a[0-9]]",
          "[\\]a]",
          "[-a]",
          "[+\\-*/]",
          "[\\p{Lu}_]",
          "^",
          "$",
          "\\b",
          "\\B",
          "\\A",
          "\\z",
          "(?=a)",
          "(?!b)",
          "(?<=a)",
          "(?<!b)",
          "(ab|ba)",
          "(?:a|é|)",
          "(?<n>a)",
          "(?>a|ab)",
          "(a(b|[0]+)?)",
          "\\x61",
          "\\Qa.b\\E",
          "\\R",
          "(?i:A)",
          "(a)\\1",
          "\uFFFD");
  private static final List<String> QUANTIFIERS =
      List.of("", "", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,}", "+?", "*+", "{1,2}?", "{0}");
  private static final List<String> FLAGS =
      List.of("", "", "", "", "", "(?i)", "(?m)", "(?s)", "(?sim)");
  private static final List<String> TEXTS =
      List.of(
          "a", "b", "A", "B", "k", "K", "\u212A", "é", "É", "ſ", "𝄞", "0", "12", ".", " ", "\t",
          "-", "\"", "]", "\n", "\r\n", "\r", "\u2028", "\u0085", "ab", "aba", "\uFEFF", "\uFFFD");

  @Test
  void findsSomethingWhereverJavaDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int known = 0;
    int found = 0;
    int ruledOut = 0;
    for (int game = 0; game < GAMES; game++) {
      String expression = expression(random);
      Optional<ByteAutomaton> wider = automaton(expression);
      if (wider.isEmpty()) {
        continue;
      }
      known++;
      byte[] content = content(random);
      boolean finds = finds(expression, content);
      boolean fits = wider.get().mayBeIn(new FileBytes(content, content.length));
      found += finds ? 1 : 0;
      ruledOut += fits ? 0 : 1;
      assertThat(fits || !finds)
          .as("seed %d: <%s> in %s", seed, expression, Arrays.toString(content))
          .isTrue();
    }
    assertThat(known).isGreaterThan(GAMES / 4);
    assertThat(found).isBetween(GAMES / 50, known * 19 / 20);
    // Most of what does not match is ruled out.
    assertThat(ruledOut).isGreaterThan((known - found) / 2);
  }

  private static Optional<ByteAutomaton> automaton(String expression) {
    TimeLimit time = new TimeLimit(Clock.system(), Duration.ofMinutes(5));
    return WiderExpression.of(expression).flatMap(wider -> ByteAutomaton.of(wider, time));
  }

  private static boolean finds(String expression, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text)
        .lines()
        .anyMatch(Pattern.compile(expression).asPredicate());
  }

  private static String expression(Random random) {
    while (true) {
      StringBuilder expression = new StringBuilder(FLAGS.get(random.nextInt(FLAGS.size())));
      int alternatives = 1 + random.nextInt(2);
      for (int i = 0; i < alternatives; i++) {
        expression.append(i > 0 ? "|" : "");
        for (int atom = random.nextInt(4); atom >= 0; atom--) {
          expression
              .append(ATOMS.get(random.nextInt(ATOMS.size())))
              .append(QUANTIFIERS.get(random.nextInt(QUANTIFIERS.size())));
        }
      }
      try {
        return Pattern.compile(expression.toString()).pattern();
      } catch (PatternSyntaxException tryAgain) {
        // Not all quantifiers fit behind everything.
      }
    }
  }

  // Text in UTF-8, with some bytes in it that are none.
  private static byte[] content(Random random) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = random.nextInt(12); i > 0; i--) {
      if (random.nextInt(12) == 0) {
        content.write(0x80 + random.nextInt(0x80));
      } else {
        content.writeBytes(
            TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8));
      }
    }
    return content.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a+b xaaby true",
        "a+b ba false",
        "^[0-9]{3}$ x123y true",
        "^[0-9]{3}$ x12y3 false",
        "(?i)ab. xAbc true",
        "(?i)ab. xAb false",
        "(a|b)?c xc true",
        "(a|b)c xc false",
        "é\\. né. true",
        "é\\. ne. false",
        "a{2}(?:bc){2,3} aabcbc true",
        "a{2}(?:bc){2,3} aabcb false",
        "a.c aéc true",
        "a.c ac false"
      })
  void fitsAsTheJavaExpressionDoes(String expression, String text, boolean fits) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(automaton(expression).orElseThrow().mayBeIn(new FileBytes(bytes, bytes.length)))
        .isEqualTo(fits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a*", "(?u)a", "(?iu)a", "(?-i)a", "a(?s)b", "(?x)a b", "(a)\\1", "\\x61", "\\u0061",
        "\\Qa\\E", "\\R", "\\X", "\\b{g}a", "[]a]", "[^]a]", "[\\cA]", "\uFFFD", "\n", "(?i:a)",
        "[\\x61]"
      })
  void knowsNoneWhereItIsNotCertainOrWouldBeOfNoUse(String expression) {
    assertThat(WiderExpression.of(expression)).isEmpty();
  }

  @Test
  void goesFiftyGroupsDeep() {
    assertThat(WiderExpression.of(nested(WiderExpression.MAX_DEPTH))).isPresent();
    assertThat(WiderExpression.of(nested(WiderExpression.MAX_DEPTH + 1))).isEmpty();
  }

  private static String nested(int depth) {
    return "(".repeat(depth) + "a" + ")".repeat(depth);
  }

  @Test
  void makesRepetitionsOfMoreThan64Endless() {
    assertThat(WiderExpression.of("a{64}b")).isNotEqualTo(WiderExpression.of("a{64,}b"));
    assertThat(WiderExpression.of("a{65}b")).isEqualTo(WiderExpression.of("a{64,}b"));
    assertThat(WiderExpression.of("a{2,64}b")).isNotEqualTo(WiderExpression.of("a{2,}b"));
    assertThat(WiderExpression.of("a{2,65}b")).isEqualTo(WiderExpression.of("a{2,}b"));
  }
}
