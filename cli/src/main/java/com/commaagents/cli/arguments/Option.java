package com.commaagents.cli.arguments;

import java.util.List;

/// One flag of a command. `label` names its value in the help; without one it takes none.
///
/// The first name is the one the program asks for; a hidden option is not in the help.
public record Option(List<String> names, String label, String description, boolean hidden) {
  public Option {
    names = List.copyOf(names);
    if (names.isEmpty() || !names.getFirst().startsWith("--")) {
      throw new IllegalArgumentException("an option has a long name first");
    }
  }

  /// An option that is there or not.
  public static Option flag(String description, String... names) {
    return new Option(List.of(names), "", description, false);
  }

  /// An option that is followed by a value.
  public static Option value(String label, String description, String... names) {
    return new Option(List.of(names), label, description, false);
  }

  /// One for the program itself.
  public static Option hidden(String name) {
    return new Option(List.of(name), "", "", true);
  }

  boolean takesValue() {
    return !label.isEmpty();
  }

  String name() {
    return names.getFirst();
  }

  /// As the help shows it: short name first.
  String heading() {
    StringBuilder text = new StringBuilder();
    for (int i = names.size() - 1; i >= 0; i--) {
      text.append(names.get(i)).append(i > 0 ? ", " : "");
    }
    if (names.size() == 1) {
      text.insert(0, "    ");
    }
    return takesValue() ? text + " " + label : text.toString();
  }
}
