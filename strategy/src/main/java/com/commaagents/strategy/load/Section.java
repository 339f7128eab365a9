package com.commaagents.strategy.load;

import com.commaagents.strategy.source.SourceNode.Field;
import com.commaagents.strategy.source.SourceNode.Mapping;
import com.commaagents.strategy.wording.NearNames;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;

/// One object of the file, field by field.
final class Section {
  private final Mapping mapping;
  private final FieldPath path;
  private final Problems problems;

  private Section(Mapping mapping, FieldPath path, Problems problems) {
    this.mapping = mapping;
    this.path = path;
    this.problems = problems;
  }

  /// Notes the fields that are there twice.
  static Section of(Mapping mapping, FieldPath path, Problems problems) {
    for (Field field : mapping.repeated()) {
      problems.add(
          field.at(),
          path.field(field.name()),
          () -> "given twice; first at " + first(mapping, field));
    }
    return new Section(mapping, path, problems);
  }

  private static String first(Mapping mapping, Field repeated) {
    Field first = mapping.fields().get(repeated.name());
    return first == null ? "" : first.at().toString();
  }

  /// Notes the fields that are none of `known`.
  void allowOnly(Collection<String> known) {
    for (Field field : mapping.fields().values()) {
      if (!known.contains(field.name())) {
        problems.add(
            field.at(),
            path.field(field.name()),
            () -> "unknown field; " + NearNames.hint(field.name(), known, "expected one of "));
      }
    }
  }

  boolean has(String name) {
    return mapping.fields().containsKey(name);
  }

  Optional<Spot> find(String name) {
    Field field = mapping.fields().get(name);
    return field == null
        ? Optional.empty()
        : Optional.of(new Spot(field.value(), path.field(name), problems));
  }

  /// A whole number where there is one.
  OptionalInt whole(String name, int atLeast) {
    return find(name).map(spot -> spot.whole(atLeast)).orElse(OptionalInt.empty());
  }

  /// Notes a missing field; `expected` says what should be there.
  Optional<Spot> require(String name, String expected) {
    Optional<Spot> found = find(name);
    if (found.isEmpty()) {
      missing(name, "missing; expected " + expected);
    }
    return found;
  }

  /// Notes that a field is missing; `message` says what should be there.
  void missing(String name, String message) {
    problems.add(mapping.at(), path.field(name), () -> message);
  }

  /// Every field by name, in the order of the file.
  void forEach(BiConsumer<String, Spot> action) {
    for (Field field : mapping.fields().values()) {
      action.accept(field.name(), new Spot(field.value(), path.field(field.name()), problems));
    }
  }

  Set<String> names() {
    return mapping.fields().keySet();
  }
}
