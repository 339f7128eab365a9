package com.commaagents.protocol.codec;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// The fields of an object that was checked against the shape that reads it.
record Given(JsonNode object) {
  <T> T get(Field<T> field) {
    return field.kind().read(object.required(field.name()));
  }

  <T> Optional<T> find(Field<T> field) {
    return object.optional(field.name()).map(field.kind()::read);
  }

  OptionalLong findLong(Field<Long> field) {
    return find(field).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  OptionalDouble findDouble(Field<Double> field) {
    return find(field).map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }
}
