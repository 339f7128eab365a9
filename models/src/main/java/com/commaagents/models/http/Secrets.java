package com.commaagents.models.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The values that must not appear in any text for people: a call's key and its header values.
///
/// Limit: a value of fewer than [#MIN_LENGTH] characters is no secret and is not masked, because
/// masking it would destroy the text around it. Immutable.
public final class Secrets {
  public static final Secrets NONE = new Secrets(List.of());
  public static final int MIN_LENGTH = 4;

  private static final String MASK = "***";

  // The longest first, so that no rest of a longer one survives the masking of a shorter one.
  private final List<String> values;

  public Secrets(Collection<String> values) {
    this.values =
        values.stream()
            .filter(value -> value.length() >= MIN_LENGTH)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /// The text with every secret in it replaced.
  public String mask(String text) {
    String masked = text;
    for (String value : values) {
      masked = masked.replace(value, MASK);
    }
    return masked;
  }

  @Override
  public String toString() {
    return values.size() + " secrets";
  }
}
