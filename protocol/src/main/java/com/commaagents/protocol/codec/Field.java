package com.commaagents.protocol.codec;

import java.nio.charset.StandardCharsets;

/// A field's name on the wire and what it may hold.
final class Field<T> {
  private final String name;
  private final byte[] written;
  private final Kind<T> kind;

  /// @param name letters and digits only, as it is written unescaped
  Field(String name, Kind<T> kind) {
    this.name = name;
    this.written = ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII);
    this.kind = kind;
  }

  String name() {
    return name;
  }

  Kind<T> kind() {
    return kind;
  }

  void write(T value, JsonWriter out) {
    out.name(written);
    kind.write(value, out);
  }
}
