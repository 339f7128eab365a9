package com.commaagents.strategy.skill;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The skills there are for a working folder. Immutable.
///
/// @param byName in the order of their names
/// @param warnings about what looks like a skill and is none
public record Skills(Map<String, Skill> byName, List<Warning> warnings) {
  public static final Skills NONE = new Skills(Map.of(), List.of());

  /// @param message what is wrong and what to do, in a sentence
  public record Warning(Path file, String message) {}

  public Skills {
    byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    warnings = List.copyOf(warnings);
  }

  public Set<String> names() {
    return byName.keySet();
  }

  public Optional<Skill> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
