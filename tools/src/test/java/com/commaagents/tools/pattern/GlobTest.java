package com.commaagents.tools.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.txt|a.txt|true",
        "*.txt|d/a.txt|false",
        "**/*.txt|a.txt|true",
        "**/*.txt|d/e/a.txt|true",
        "d/**|d|true",
        "d/**|d/e|true",
        "d/**|e/d|false",
        "a?c|abc|true",
        "a?c|ac|false",
        "[a-c]x|bx|true",
        "[!a-c]x|bx|false",
        "[!a-c]x|dx|true",
        "[|[|true",
        "{a,b}.{c,d}|b.c|true",
        "{a,b}|c|false",
        "{a,{b,c}}|c|true",
        "{a|{a|true",
        "a/**/b|a/b|true",
        "a/**/b|a/x/y/b|true",
        "a/**/b/**/c|a/b/c|true",
        "./a|a|true",
        "a*b*c|aXbYc|true",
        "a*b*c|acb|false",
        "**/a/**/b|x/a/y/a/z/b|true",
        "*|.hidden|true",
      })
  void matchesPaths(String pattern, String path, boolean expected) {
    assertThat(Glob.of(pattern).matches(Path.of(path))).isEqualTo(expected);
  }

  @Test
  void fitsNamesAnywhereWhenItHasNoSlash() {
    assertThat(Glob.anywhere("*.ts").matches(Path.of("a/b/c.ts"))).isTrue();
    assertThat(Glob.anywhere("a/*.ts").matches(Path.of("x/a/c.ts"))).isFalse();
  }

  @Test
  void staysFastWhereBacktrackingWouldNot() {
    String pattern = "*a".repeat(1000) + "b";
    assertThat(Wildcard.of(pattern).matches("a".repeat(4000))).isFalse();
    assertThat(Glob.of("**/a/".repeat(100) + "b").matches(Path.of("a/".repeat(400) + "c")))
        .isFalse();
  }

  @Test
  void expandsBracesUpToALimit() {
    assertThat(Braces.expand("{a,b}{c,d}")).containsExactly("ac", "ad", "bc", "bd");
    assertThat(Braces.expand("{a,b}".repeat(6))).hasSize(Braces.MAX_ALTERNATIVES);
    String tooMany = "{a,b}".repeat(7);
    assertThat(Braces.expand(tooMany)).isEqualTo(List.of(tooMany));
  }
}
