package com.commaagents.protocol.codec;

import java.util.ArrayList;
import java.util.List;

/// Why a JSON value fits no message, in the order of its type's fields.
final class Problems {
  /// Further ones are counted, not told.
  static final int MAX_TOLD = 20;

  private final List<String> told = new ArrayList<>();
  private int untold;

  void add(String path, String what) {
    if (told.size() == MAX_TOLD) {
      untold++;
    } else {
      told.add((path.isEmpty() ? "(root)" : path) + ": " + what);
    }
  }

  boolean isEmpty() {
    return told.isEmpty();
  }

  /// For example `runId: Required; text: Expected string, received number`.
  @Override
  public String toString() {
    String all = String.join("; ", told);
    return untold == 0 ? all : all + "; and " + untold + " more";
  }

  static String within(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
