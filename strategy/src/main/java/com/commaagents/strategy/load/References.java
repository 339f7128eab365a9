package com.commaagents.strategy.load;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Whether what a file names is there.
final class References {
  private References() {}

  /// The ids an agent may name: those defined elsewhere and those of the strategy.
  static Names join(Names elsewhere, Set<String> ofStrategy) {
    return switch (elsewhere) {
      case Names.NotChecked unchecked -> unchecked;
      case Names.Known(Set<String> names) -> {
        Set<String> all = new HashSet<>(names);
        all.addAll(ofStrategy);
        yield new Names.Known(all);
      }
    };
  }

  /// The name at a spot, where it is one of `names`; `what` says what it names.
  static Optional<String> read(Spot spot, String what, Names names) {
    return switch (names) {
      case Names.NotChecked _ -> spot.filledText();
      case Names.Known(Set<String> known) -> spot.choice(known, what);
    };
  }

  /// Whether a type is built in or registered; notes it where it is neither.
  static boolean isRegistered(Spot spot, String type, Types types) {
    return switch (types.registered()) {
      case Names.NotChecked _ -> true;
      case Names.Known(Set<String> registered) -> {
        if (registered.contains(type)) {
          yield true;
        }
        Set<String> choices = new HashSet<>(registered);
        choices.addAll(types.builtIn());
        spot.wrong(() -> Spot.unknown(types.what(), type, choices));
        yield false;
      }
    };
  }

  /// The types of agents, or of flows.
  record Types(String what, Set<String> builtIn, Names registered) {}
}
