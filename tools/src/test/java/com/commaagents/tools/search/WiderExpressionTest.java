package com.commaagents.tools.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.commaagents.base.time.Clock;
import com.commaagents.tools.confinement.SearchPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Wherever Java finds something in a line, the wider expression finds something in the bytes: in
/// Java's reading of it over bytes, and in ripgrep's.
@Timeout(120)
class WiderExpressionTest {
  private static final int GAMES = 30_000;
  private static final int GAMES_OF_RIPGREP = 150;
  private static final int FILES = 60;
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
  private static final List<String> TEXTS =
      List.of(
          "a", "b", "A", "B", "k", "K", "\u212A", "é", "É", "ſ", "𝄞", "0", "12", ".", " ", "\t",
          "-", "\"", "]", "\n", "\r\n", "\r", "\u2028", "\u0085", "ab", "aba", "\uFEFF", "\uFFFD");

  @TempDir Path folder;

  @Test
  void findsSomethingWhereverJavaDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int known = 0;
    int found = 0;
    for (int game = 0; game < GAMES; game++) {
      String expression = expression(random);
      Optional<String> wider = WiderExpression.of(expression);
      if (wider.isEmpty()) {
        continue;
      }
      known++;
      Pattern inBytes = Pattern.compile(wider.get());
      byte[] content = content(random);
      boolean finds = finds(expression, content);
      found += finds ? 1 : 0;
      assertThat(inBytes.matcher(new String(content, StandardCharsets.ISO_8859_1)).find() || !finds)
          .as("seed %d: <%s> is as wide as <%s>", seed, wider.get(), expression)
          .isTrue();
    }
    assertThat(known).isGreaterThan(GAMES / 4);
    assertThat(found).isBetween(GAMES / 50, known * 19 / 20);
  }

  @Test
  void ripgrepFindsSomethingWhereverJavaDoes() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      contents.add(content(random));
      Files.write(folder.resolve("f" + i), contents.get(i));
    }
    for (int game = 0; game < GAMES_OF_RIPGREP; ) {
      String expression = expression(random);
      if (WiderExpression.of(expression).isEmpty()) {
        continue;
      }
      game++;
      Set<String> expected = new HashSet<>();
      for (int i = 0; i < FILES; i++) {
        if (finds(expression, contents.get(i))) {
          expected.add("f" + i);
        }
      }
      assertThat(named(expression)).as("seed %d: <%s>", seed, expression).containsAll(expected);
    }
  }

  private Set<String> named(String expression) throws Exception {
    TimeLimit time = new TimeLimit(Clock.system(), Duration.ofMinutes(1));
    Path root = folder.toRealPath();
    Sieve sieve =
        new Ripgrep(new SearchPath("/usr/local/bin:/usr/bin:/bin"), Clock.system())
            .sieve(root, root, Needle.of("regex", expression, time), time)
            .orElseThrow();
    return sieve.mayHold(List.of(Path.of("")), FILES).orElseThrow();
  }

  private static boolean finds(String expression, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text)
        .lines()
        .anyMatch(Pattern.compile(expression).asPredicate());
  }

  private static String expression(Random random) {
    while (true) {
      StringBuilder expression = new StringBuilder(random.nextInt(4) == 0 ? "(?i)" : "");
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
        "a+b (?-u:a{1,}b)",
        "^[0-9]{7,}$ (?-u:[0-9]{7,})",
        "(?i)ab. (?-u:[Aa][Bb][\\x00-\\x09\\x0B-\\x0C\\x0E-\\xFF]{1,4})",
        "(a|b)?c (?-u:(?:a|b){0,1}c)",
        "é\\. (?-u:(?:\\xC3\\xA9)\\x2E)"
      })
  void writesItAsRipgrepReadsIt(String expression, String wider) {
    assertThat(WiderExpression.of(expression)).contains(wider);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a*", "(?s)a", "(?x)a b", "(a)\\1", "\\x61", "\\u0061", "\\Qa\\E", "\\R", "\\X", "\\b{g}a",
        "[]a]", "[^]a]", "[\\cA]", "\uFFFD", "\n", "(?i:a)", "[\\x61]"
      })
  void knowsNoneWhereItIsNotCertainOrWouldBeOfNoUse(String expression) {
    assertThat(WiderExpression.of(expression)).isEmpty();
  }

  @Test
  void goesFiftyGroupsDeepAndMakesRepetitionsOfMoreThan250Endless() {
    assertThat(WiderExpression.of(nested(WiderExpression.MAX_DEPTH))).isPresent();
    assertThat(WiderExpression.of(nested(WiderExpression.MAX_DEPTH + 1))).isEmpty();
    assertThat(WiderExpression.of("a{250,}")).contains("(?-u:a{250,})");
    assertThat(WiderExpression.of("a{251,}")).contains("(?-u:a{250,})");
  }

  private static String nested(int depth) {
    return "(".repeat(depth) + "a" + ")".repeat(depth);
  }

  @Test
  void isOfAtMost64KiB() {
    assertThat(WiderExpression.of("a".repeat(BytePattern.MAX_LENGTH))).isPresent();
    assertThat(WiderExpression.of("a".repeat(BytePattern.MAX_LENGTH + 1))).isEmpty();
  }
}
