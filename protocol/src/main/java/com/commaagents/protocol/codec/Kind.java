package com.commaagents.protocol.codec;

import tools.jackson.databind.JsonNode;

/// What values a field may hold, and how they are read and written.
interface Kind<T> {
  /// Adds why the value does not fit, if it does not.
  void check(String path, JsonNode value, Problems problems);

  /// The value of a node that [#check] found no problem with.
  T read(JsonNode value);

  void write(T value, JsonWriter out);
}
