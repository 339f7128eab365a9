package com.commaagents.strategy.load;

import java.util.Set;

/// The names of one kind that a strategy may refer to.
public sealed interface Names {
  /// Every name will do: nobody knows yet what there is.
  record NotChecked() implements Names {}

  /// Exactly these.
  record Known(Set<String> names) implements Names {
    public Known {
      names = Set.copyOf(names);
    }
  }

  static Names of(String... names) {
    return new Known(Set.of(names));
  }
}
