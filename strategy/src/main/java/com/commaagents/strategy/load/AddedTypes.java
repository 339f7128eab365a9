package com.commaagents.strategy.load;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The types of agents, or of flows, that a program adds to the built-in ones.
public sealed interface AddedTypes {
  /// Every type will do, whatever its config: nobody knows yet what there is.
  record NotChecked() implements AddedTypes {}

  /// Exactly these, by their names.
  record Known(Map<String, AddedType> types) implements AddedTypes {
    public Known {
      types = Map.copyOf(types);
    }
  }

  /// One type.
  ///
  /// @param usesModelAndTools whether its config has the equipment of its agent
  record AddedType(boolean usesModelAndTools, ConfigCheck config) {
    /// A type whose config is its own business.
    public static final AddedType UNCHECKED = new AddedType(false, ConfigCheck.NONE);
  }

  /// Types whose config is their own business.
  static AddedTypes of(String... names) {
    return new Known(
        Arrays.stream(names)
            .collect(Collectors.toMap(Function.identity(), _ -> AddedType.UNCHECKED)));
  }

  /// Their names.
  default Names names() {
    return switch (this) {
      case NotChecked _ -> new Names.NotChecked();
      case Known(var types) -> new Names.Known(types.keySet());
    };
  }

  /// What is known of a type.
  default AddedType get(String name) {
    return switch (this) {
      case NotChecked _ -> AddedType.UNCHECKED;
      case Known(var types) -> types.getOrDefault(name, AddedType.UNCHECKED);
    };
  }
}
