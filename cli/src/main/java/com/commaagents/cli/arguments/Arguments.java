package com.commaagents.cli.arguments;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.cli.words.Suggestion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command line that has been understood: the command, its options and its words.
public record Arguments(Syntax command, Map<String, String> options, List<String> words) {
  public Arguments {
    options = Map.copyOf(options);
    words = List.copyOf(words);
  }

  /// Understands what was typed. `--name value`, `--name=value` and `-n value` are the same; `--`
  /// makes all that follows words.
  ///
  /// @throws Fault `INVALID_INPUT` for what the command does not know, and a hint at what it does
  public static Arguments parse(Syntax root, String... typed) {
    Syntax command = root;
    Deque<String> rest = new ArrayDeque<>(List.of(typed));
    while (!command.commands().isEmpty() && !rest.isEmpty() && !rest.element().startsWith("-")) {
      command = subcommand(command, rest.remove());
    }
    return new Parser(command, rest).parse();
  }

  private static Syntax subcommand(Syntax command, String name) {
    return command.commands().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            wrong(
                command,
                "Unknown command `"
                    + name
                    + "`"
                    + Suggestion.forWord(
                        name,
                        command.commands().stream()
                            .filter(one -> !one.hidden())
                            .map(Syntax::name)
                            .toList())));
  }

  private static Fault wrong(Syntax command, String message) {
    return new Fault(FaultCode.INVALID_INPUT, message + "\nTry: " + command.path() + " --help");
  }

  public boolean has(String option) {
    return options.containsKey(option);
  }

  /// The value of an option, or empty when it was not given.
  public Optional<String> value(String option) {
    return Optional.ofNullable(options.get(option));
  }

  public Optional<String> word(int index) {
    return index < words.size() ? Optional.of(words.get(index)) : Optional.empty();
  }

  private static final class Parser {
    private final Syntax command;
    private final Deque<String> rest;
    private final Map<String, String> options = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    Parser(Syntax command, Deque<String> rest) {
      this.command = command;
      this.rest = rest;
    }

    Arguments parse() {
      boolean onlyWords = false;
      while (!rest.isEmpty()) {
        String next = rest.remove();
        if (onlyWords || !next.startsWith("-") || next.equals("-")) {
          words.add(next);
        } else if (next.equals("--")) {
          onlyWords = true;
        } else {
          option(next);
        }
      }
      if (words.size() > command.words().size() && !command.takesMoreWords()) {
        throw wrong(
            command, command.path() + " does not know what to do with `" + words.getLast() + "`.");
      }
      return new Arguments(command, options, words);
    }

    private void option(String typed) {
      int equals = typed.startsWith("--") ? typed.indexOf('=') : -1;
      String name = equals < 0 ? typed : typed.substring(0, equals);
      Option option = command.option(name).orElseThrow(() -> unknown(name));
      if (!option.takesValue() && equals >= 0) {
        throw wrong(command, name + " takes no value.");
      }
      String value = "";
      if (equals >= 0) {
        value = typed.substring(equals + 1);
      } else if (option.takesValue()) {
        value = followingValue(name, option);
      }
      if (options.put(option.name(), value) != null) {
        throw wrong(command, name + " is given twice.");
      }
    }

    private String followingValue(String name, Option option) {
      if (rest.isEmpty() || command.option(rest.element()).isPresent()) {
        throw wrong(command, name + " needs a value: " + name + " " + option.label());
      }
      return rest.remove();
    }

    private Fault unknown(String name) {
      List<String> known =
          command.allOptions().stream()
              .filter(option -> !option.hidden())
              .map(Option::name)
              .toList();
      return wrong(command, "Unknown option `" + name + "`" + Suggestion.forWord(name, known));
    }
  }
}
