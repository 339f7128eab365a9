package com.commaagents.cli.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.commaagents.base.fault.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  private static final Syntax BUILD =
      Syntax.command(
              "tool build",
              "Builds.",
              Option.value("DIR", "Where.", "--folder", "-f"),
              Option.flag("No words.", "--quiet", "-q"),
              Option.hidden("--inside"))
          .withWords("FILE")
          .withFooter("That is all.");
  private static final Syntax ROOT =
      Syntax.group(
          "tool",
          "A tool.",
          BUILD,
          Syntax.group("tool house", "A house.", Syntax.command("tool house open", "Opens.")),
          Syntax.command("tool secret", "Nothing.").asHidden());

  @ParameterizedTest
  @CsvSource({
    "build --folder x a -q",
    "build -f x -q a",
    "build a --quiet --folder=x",
    "build -q -f x -- a"
  })
  void takesOptionsInAnyOrderAndSpelling(String typed) {
    assertThat(parse(typed))
        .isEqualTo(new Arguments(BUILD, Map.of("--folder", "x", "--quiet", ""), List.of("a")));
  }

  @Test
  void takesAWordThatLooksLikeAnOptionBehindTwoDashesAndALoneDashAnywhere() {
    assertThat(parse("build -- --quiet").words()).containsExactly("--quiet");
    assertThat(parse("build -").words()).containsExactly("-");
    assertThat(parse("build --folder=").value("--folder")).contains("");
    assertThat(parse("build -f -x").value("--folder")).contains("-x");
    assertThat(parse("build").value("--folder")).isEmpty();
    assertThat(parse("build --inside").has("--inside")).isTrue();
  }

  @Test
  void findsCommandsWithinCommands() {
    assertThat(parse("house open").command().path()).isEqualTo("tool house open");
    assertThat(parse("house").command().path()).isEqualTo("tool house");
    assertThat(parse("secret").command().path()).isEqualTo("tool secret");
    assertThat(parse("--version").has("--version")).isTrue();
    assertThat(parse("house open -h").has("--help")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "biuld|Unknown command `biuld`; did you mean `build`?|tool",
        "demolish|Unknown command `demolish`.|tool",
        "build --foldr x|Unknown option `--foldr`; did you mean `--folder`?|tool build",
        "build -x|Unknown option `-x`.|tool build",
        "build --folder|--folder needs a value: --folder DIR|tool build",
        "build -f --quiet|-f needs a value: -f DIR|tool build",
        "build -q --quiet|--quiet is given twice.|tool build",
        "build --quiet=no|--quiet takes no value.|tool build",
        "build a b|tool build does not know what to do with `b`.|tool build",
      })
  void refusesWhatItDoesNotKnow(String typed, String message, String command) {
    assertThatThrownBy(() -> parse(typed))
        .isInstanceOf(Fault.class)
        .hasMessage(message + "\nTry: " + command + " --help");
  }

  @Test
  void showsTheHelpOfACommand() {
    assertThat(BUILD.help())
        .isEqualTo(
            """
            Usage: tool build [OPTIONS] [FILE]
            Builds.

              -f, --folder DIR            Where.
              -q, --quiet                 No words.
              -h, --help                  Show this help.
              -V, --version               Show the version.

            That is all.
            """);
    assertThat(ROOT.help())
        .isEqualTo(
            """
            Usage: tool COMMAND
            A tool.

              build                       Builds.
              house                       A house.
              -h, --help                  Show this help.
              -V, --version               Show the version.
            """);
  }

  private static Arguments parse(String typed) {
    return Arguments.parse(ROOT, typed.split(" ", -1));
  }

  @Test
  void takesAnyNumberOfWordsWhereTheLastLabelSaysSo() {
    Syntax many = Syntax.command("comma drop", "Drops.").withWords("RUN…");
    assertThat(Arguments.parse(many, "a", "b", "c").words()).containsExactly("a", "b", "c");
    assertThat(Arguments.parse(many).words()).isEmpty();
    assertThat(many.help()).startsWith("Usage: comma drop [OPTIONS] [RUN…]");
  }
}
