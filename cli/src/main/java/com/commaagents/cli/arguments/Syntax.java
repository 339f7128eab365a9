package com.commaagents.cli.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What can be typed after a command's name: either commands of its own, or words and options.
///
/// `path` is the whole command, such as `comma daemon start`; `words` labels what is not an option,
/// as far as there may be any.
public record Syntax(
    String path,
    String summary,
    List<Syntax> commands,
    List<String> words,
    List<Option> options,
    List<String> footer,
    boolean hidden) {
  /// Every command has these two.
  static final List<Option> STANDARD =
      List.of(
          Option.flag("Show this help.", "--help", "-h"),
          Option.flag("Show the version.", "--version", "-V"));

  public Syntax {
    commands = List.copyOf(commands);
    words = List.copyOf(words);
    options = List.copyOf(options);
    footer = List.copyOf(footer);
  }

  /// A command that has commands.
  public static Syntax group(String path, String summary, Syntax... commands) {
    return new Syntax(path, summary, List.of(commands), List.of(), List.of(), List.of(), false);
  }

  /// A command that does something.
  public static Syntax command(String path, String summary, Option... options) {
    return new Syntax(path, summary, List.of(), List.of(), List.of(options), List.of(), false);
  }

  public Syntax withMore(List<Option> further) {
    List<Option> all = new ArrayList<>(options);
    all.addAll(further);
    return new Syntax(path, summary, commands, words, all, footer, hidden);
  }

  /// @param labels a last one that ends in … stands for any number of words
  public Syntax withWords(String... labels) {
    return new Syntax(path, summary, commands, List.of(labels), options, footer, hidden);
  }

  public Syntax withFooter(String... lines) {
    return new Syntax(path, summary, commands, words, options, List.of(lines), hidden);
  }

  public Syntax asHidden() {
    return new Syntax(path, summary, commands, words, options, footer, true);
  }

  boolean takesMoreWords() {
    return !words.isEmpty() && words.getLast().endsWith("…");
  }

  String name() {
    return path.substring(path.lastIndexOf(' ') + 1);
  }

  List<Option> allOptions() {
    List<Option> all = new ArrayList<>(options);
    all.addAll(STANDARD);
    return all;
  }

  Optional<Option> option(String name) {
    return allOptions().stream().filter(option -> option.names().contains(name)).findFirst();
  }

  /// The help text, ending in a line end.
  public String help() {
    StringBuilder text = new StringBuilder();
    text.append("Usage: ").append(path);
    text.append(commands.isEmpty() ? " [OPTIONS]" : " COMMAND");
    words.forEach(word -> text.append(" [").append(word).append(']'));
    text.append('\n').append(summary).append("\n\n");
    commands.stream()
        .filter(command -> !command.hidden())
        .forEach(command -> line(text, command.name(), command.summary()));
    allOptions().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> line(text, option.heading(), option.description()));
    if (!footer.isEmpty()) {
      text.append('\n').append(String.join("\n", footer)).append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String heading, String description) {
    int padding = Math.max(2, 28 - heading.length());
    text.append("  ").append(heading).append(" ".repeat(padding)).append(description).append('\n');
  }
}
