package com.commaagents.base.id;

import java.util.UUID;

/// Where new ids come from, as a port: a test decides them.
@FunctionalInterface
public interface IdGenerator {
  /// A new id that nobody else has: 1–64 characters of `a-z 0-9 -`, the first alphanumeric.
  String next();

  /// Random UUIDs (version 4).
  static IdGenerator random() {
    return () -> UUID.randomUUID().toString();
  }
}
